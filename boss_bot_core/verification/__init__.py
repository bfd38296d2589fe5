"""Verification: a fetched file is looked at by its content before anybody trusts it.

`boss_bot_core.verification.plugin` is the plugin; nothing is imported here, because the decoders are heavy.
"""

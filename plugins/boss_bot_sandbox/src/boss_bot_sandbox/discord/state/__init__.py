"""The state of the local Discord and all functions that change it.

REST handlers and user clients call the same functions, so the same rules apply to the bot and to users.
"""

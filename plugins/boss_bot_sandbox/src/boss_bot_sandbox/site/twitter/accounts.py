"""The people of the stand-in for X, and the texts that several tweets share."""

from typing import Final

from boss_bot_sandbox.site.twitter.model import Author

OWL: Final = Author(id="7700000000000000001", screen_name="sandbox_owl", name="Sandbox Owl")
FOX: Final = Author(id="7700000000000000002", screen_name="sandbox_fox", name="Sandbox Fox")
MOLE: Final = Author(id="7700000000000000003", screen_name="sandbox_mole", name="Sandbox Mole", protected=True)

METADATA_ADDRESS: Final = "http://169.254.169.254/latest/meta-data/"
"""The address cloud machines ask for their secrets: no engine may ever reach it."""

_NASTY: Final = "@everyone **bold** `code` ||spoiler|| \u202egpj.exe\u202c <@1> ../../etc/passwd $(id)"
HOSTILE_TEXT: Final = f"{_NASTY} {'A' * 10_000}"
"""A tweet of ten kilobytes that pings, styles, turns the reading direction round and climbs folders."""

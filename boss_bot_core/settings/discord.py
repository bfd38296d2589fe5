"""The settings of Discord: its addresses, its upload limit, and the controls of downloads.

They are separate from the other sections because only the bot reads them, and because no other section uses their
types.
"""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import attrs

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.settings.parsers import Count, Megabytes, Seconds

_WEB = ("http", "https")
_SOCKET = ("ws", "wss")
_PROXY = "an address such as http://proxy.example:3128 or http://user:password@proxy.example:3128"
CONTROLS = ("buttons", "reactions", "both")

ControlKind = Literal["buttons", "reactions", "both"]


def parse_web_address(value: object) -> str:
    """Return an address that starts with http:// or https://, without a slash at its end."""
    return _parse_address(value, _WEB, "an address such as https://discord.com/api/v10").rstrip("/")


def parse_socket_address(value: object) -> str:
    """Return an address that starts with ws:// or wss://."""
    return _parse_address(value, _SOCKET, "an address such as wss://gateway.discord.gg/")


def parse_proxy(value: object) -> str:
    """Return the address of an HTTP proxy, with a user and a password or without."""
    text = _parse_address(value, _WEB, _PROXY).rstrip("/")
    parts = urlsplit(text)
    if parts.path or parts.query or parts.fragment:
        raise ValueError(_PROXY)
    return text


def parse_controls(value: object) -> str:
    """Return the kind of controls of a card."""
    word = value.strip().lower() if isinstance(value, str) else ""
    if word not in CONTROLS:
        raise ValueError("one of " + ", ".join(CONTROLS))
    return word


def _parse_address(value: object, schemes: tuple[str, ...], expected: str) -> str:
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        valid = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:  # an invalid port or host
        valid = False
    if not valid:
        raise ValueError(expected)
    return text


@attrs.frozen(kw_only=True)
class DiscordSettings:
    """Discord's addresses, its upload limit, and the controls of downloads."""

    discord_api_url: Annotated[str, parse_web_address] = "https://discord.com/api/v10"
    """Base of Discord's REST API, version included; another for a proxy or a Discord-compatible server."""
    discord_gateway_url: Annotated[str, parse_socket_address] = "wss://gateway.discord.gg/"
    """Discord's gateway, likewise."""
    discord_cdn_url: Annotated[str, parse_web_address] = "https://cdn.discordapp.com"
    """Base of Discord's media addresses, likewise."""
    discord_proxy: Annotated[str, parse_proxy] | None = attrs.field(default=None, repr=False)
    """HTTP proxy for the bot's own connections to Discord; downloads do not use it."""
    upload_limit_mb: Megabytes = 20
    """Largest file that Discord takes in a server without boosts, in units of 1,048,576 bytes."""
    delivery_patience_s: Seconds = 300.0
    """How long a delivery waits for a Discord that does not answer, before its files are kept for a later try."""
    controls: Annotated[ControlKind, parse_controls] = "buttons"
    """How a card is steered: buttons, reactions that the bot adds itself, or both. Reactions always work."""

    alert_channel_id: Count | None = None
    """Id of the channel for alerts, such as a disk that is nearly full. Not set means that only the log has them."""

    @property
    def upload_limit_bytes(self) -> int:
        """`upload_limit_mb` in bytes."""
        return self.upload_limit_mb * MEGABYTE

"""How plugins describe a platform and claim a link."""

from enum import IntEnum

import attrs


class Specificity(IntEnum):
    """How closely a plugin knows a link; the higher wins."""

    GENERIC = 0
    """It would look at any page."""
    DIRECT = 10
    """The link itself looks like a media file."""
    ENGINE = 20
    """An engine with thousands of sites has an extractor for it."""
    PLATFORM = 30
    """The plugin is made for this platform."""


@attrs.frozen(kw_only=True)
class Platform:
    """A platform as people meet it in help texts and commands.

    Attributes:
        name: Short name, unique among plugins: `twitter`.
        title: Name shown: `X/Twitter`.
        description: One line for help: `Download from Twitter`.
        alias: Name of its own download command without the prefix (`dlt`), or None.
        examples: Links for help.
        notes: Lines for help.
    """

    name: str
    title: str
    description: str
    alias: str | None = None
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class UrlMatch:
    """A plugin's claim to a link.

    Attributes:
        media_key: Same media, same key, whatever the link's form: `twitter:123`.
        url: The canonical address that the plugin's download hook wants.
        specificity: How closely the plugin knows it.
        engine: What fetches it: of two candidates on one engine only the better is tried.
        reason: Why it matched, for `boss-bot plugins why`.
    """

    media_key: str
    url: str
    specificity: Specificity
    engine: str
    reason: str

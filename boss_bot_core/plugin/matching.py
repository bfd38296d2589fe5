"""Platforms, and the answers of plugins when they are asked whether they can fetch a link."""

from enum import IntEnum
from typing import Literal

import attrs


class Specificity(IntEnum):
    """How closely a plugin knows a link; the highest value wins."""

    GENERIC = 0
    """The plugin looks for media on any page."""
    DIRECT = 10
    """The link itself looks like a media file."""
    ENGINE = 20
    """An engine with thousands of sites has an extractor for it."""
    PLATFORM = 30
    """The plugin is made for this platform."""


ExtraFileType = Literal["pdf", "subtitles", "zip"]
"""A type of file beside images, video and audio: a PDF document, subtitles (SubRip or WebVTT), a ZIP of pictures."""


@attrs.frozen(kw_only=True)
class Platform:
    """A platform as help texts and commands show it.

    Attributes:
        name: Short name, unique among plugins: `twitter`.
        title: Name that users see: `X/Twitter`.
        description: One line for the help: `Download from Twitter`.
        alias: Name of the platform's own download command, without the prefix (`dlt`), or None.
        examples: Example links for the help.
        notes: Further lines for the help.
        extra_types: Types of files that results may have beside images, video and audio. The content is checked; every
            other file is refused.
    """

    name: str
    title: str
    description: str
    alias: str | None = None
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    extra_types: tuple[ExtraFileType, ...] = ()


@attrs.frozen(kw_only=True)
class UrlMatch:
    """A plugin's claim that it can fetch a link.

    Attributes:
        media_key: Key of the media, the same for every form of the link: `twitter:123`.
        url: The canonical address, which the plugin's download hook is given.
        specificity: How closely the plugin knows the link.
        engine: Name of the engine that fetches it. Of two candidates with one engine only the better one is tried.
        reason: Why the link matched, for `boss-bot plugins why`.
    """

    media_key: str
    url: str
    specificity: Specificity = Specificity.PLATFORM
    engine: str
    reason: str


@attrs.frozen(kw_only=True)
class MatchResult:
    """The answer of one plugin's `bossbot_match_url` to one link.

    Attributes:
        plugin: Name of the plugin.
        match: The plugin's match, or None if the plugin does not know the link.
        error: The exception or the invalid answer of the hook as text, or None.
    """

    plugin: str
    match: UrlMatch | None
    error: str | None = None

"""Platforms, and the answers of plugins when they are asked whether they can fetch a link."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal

import attrs
from attrs.validators import instance_of


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
        engine_packages: Top-level packages that `bossbot_warm_up` imports. While they are not loaded, a link is first
            matched without them: a match hook that would import one ends there, and runs again after the warm-up if no
            other plugin is the better one anyway.
        max_specificity: The highest specificity that the plugin answers with.
    """

    name: str
    title: str
    description: str
    alias: str | None = None
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    extra_types: tuple[ExtraFileType, ...] = ()
    engine_packages: tuple[str, ...] = ()
    max_specificity: Specificity = Specificity.PLATFORM


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

    media_key: str = attrs.field(validator=instance_of(str))
    url: str = attrs.field(validator=instance_of(str))
    specificity: Specificity = attrs.field(default=Specificity.PLATFORM, converter=Specificity)
    engine: str = attrs.field(validator=instance_of(str))
    reason: str = attrs.field(validator=instance_of(str))


@attrs.frozen(kw_only=True)
class MatchResult:
    """The answer of one plugin's `bossbot_match_url` to one link.

    Attributes:
        plugin: Name of the plugin.
        match: The plugin's match, or None if the plugin does not know the link.
        error: The exception or the invalid answer of the hook as text, or None.
        traceback: The exception's traceback, for the log only, or None.
        undecided_up_to: The highest specificity that the plugin may answer with once its engine is loaded; None when it
            has answered.
    """

    plugin: str
    match: UrlMatch | None
    error: str | None = None
    traceback: str | None = None
    undecided_up_to: Specificity | None = None


def rank_match(specificity: Specificity, plugin: str) -> tuple[int, str]:
    """Return the sort key of a match, the best one first: by specificity, then by the plugin's name."""
    return -specificity, plugin


def find_better_undecided(results: Iterable[MatchResult]) -> str | None:
    """Return the undecided plugin that comes first, if it may still be better than every match; else None."""
    results = tuple(results)
    best = min((rank_match(each.match.specificity, each.plugin) for each in results if each.match), default=None)
    undecided = ((each.undecided_up_to, each.plugin) for each in results)
    possible = min((rank_match(up_to, plugin) for up_to, plugin in undecided if up_to is not None), default=None)
    return possible[1] if possible is not None and (best is None or possible < best) else None

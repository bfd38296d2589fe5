"""The operator's settings of the plugin; the bot imports this module, which imports no engine."""

import re
from typing import Annotated

import attrs

_SITE_ARGUMENTS = re.compile(r"[\w+-]+:[\w-]+=[^\s;]+(;[\w-]+=[^\s;]+)*")


def _check_arguments(text: str) -> str:
    if not all(_SITE_ARGUMENTS.fullmatch(part) for part in text.split()):
        raise ValueError("arguments such as youtube:player_client=tv,web;lang=en, with spaces between sites")
    return text


@attrs.frozen(kw_only=True)
class YtdlpSettings:
    """The settings of the plugin, `[plugins.ytdlp]` in config.toml."""

    prefer_h264: bool = True
    """Whether H.264, which every player shows, is preferred to a taller video in another codec."""
    extractor_args: Annotated[str, _check_arguments] = ""
    """Arguments for yt-dlp's extractors, as its option --extractor-args takes them, with spaces between sites."""


def split_arguments(text: str) -> dict[str, dict[str, list[str]]]:
    """Return the value of `extractor_args` in the form of yt-dlp's parameter of this name."""
    found: dict[str, dict[str, list[str]]] = {}
    for part in text.split():
        site, _, arguments = part.partition(":")
        pairs = (argument.partition("=") for argument in arguments.split(";"))
        found.setdefault(site.lower(), {}).update({name.lower(): values.split(",") for name, _, values in pairs})
    return found

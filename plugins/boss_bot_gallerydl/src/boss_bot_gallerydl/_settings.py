"""The operator's settings of the plugin; the bot imports this module, which imports no engine."""

from typing import Annotated

import attrs

_MOST_FILES = 1_000
"""More files than this make a result too long for the worker's message."""


def _check_max_files(number: int) -> int:
    if not 1 <= number <= _MOST_FILES:
        raise ValueError(f"a whole number from 1 to {_MOST_FILES}")
    return number


@attrs.frozen(kw_only=True)
class GallerySettings:
    """The settings of the plugin, `[plugins.gallerydl]` in config.toml."""

    max_files: Annotated[int, _check_max_files] = 100
    """Most files of an album, a profile or a search; the first ones are fetched."""
    user_agent: str | None = None
    """User-Agent for all sites. Some accept cookies only together with that of the browser which they come from."""

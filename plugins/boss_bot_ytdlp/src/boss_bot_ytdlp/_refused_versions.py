"""The versions of a video that its host refused: the refusal of one address is no refusal of the video."""

from boss_bot_ytdlp._formats import Format, Version

_MAX_REFUSALS = 5
"""Most versions that are tried after a refusal; a host that refuses so many refuses all."""


class RefusedVersions:
    """The addresses that were refused, and the version that is fetched now."""

    def __init__(self) -> None:
        self._urls: set[str] = set()
        self._current: Version = ()
        self._refusals = 0
        self._has_other = False

    def select_allowed(self, formats: list[Format]) -> list[Format]:
        """Return the formats whose address was not refused."""
        return [part for part in formats if part.get("url") not in self._urls]

    def set_current(self, version: Version, formats: list[Format]) -> None:
        """Remember the version that is fetched now, and whether its host offers others."""
        urls = {part.get("url") for part in version}
        self._current, self._has_other = version, any(part.get("url") not in urls for part in formats)

    def refuse_current(self) -> bool:
        """Leave the current version out from now on; return whether another one can be tried."""
        self._urls.update(str(part.get("url")) for part in self._current)
        self._refusals += 1
        return self._has_other and self._refusals <= _MAX_REFUSALS

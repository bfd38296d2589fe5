"""The operator's cookies by plugin, and their state in sentences that contain no cookie."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import attrs
from loguru import logger

from boss_bot_core.domain.cookie_formats import parse_cookie_file
from boss_bot_core.domain.cookies import CookieFile
from boss_bot_core.log import hide_secrets
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import Settings

_SHOWN = 3
"""How many sites, or lines, a sentence names."""


@attrs.frozen(kw_only=True)
class CookieState:
    """The state of one plugin's cookies, for the operator.

    Attributes:
        plugin: Name of the plugin.
        text: How many cookies there are for which sites, how old the file is, and what is wrong with it.
        is_good: Whether the operator has nothing to do.
    """

    plugin: str
    text: str
    is_good: bool


class CookieStore:
    """Reads the cookie files, and reads a file again when it has changed; no download fails because of a file.

    Args:
        paths: Cookie files by the name of the plugin.
    """

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths
        self._files: dict[str, CookieFile] = {}
        self._modified_at: dict[str, float] = {}

    def find(self, plugin: str) -> CookieFile | None:
        """Return the plugin's present cookies, or None if it has no file."""
        path = self._paths.get(plugin)
        if path is None:
            return None
        known = self._files.get(plugin)
        try:
            modified_at = path.stat().st_mtime
            if known is None or modified_at != self._modified_at.get(plugin):
                self._files[plugin] = parse_cookie_file(path.read_bytes())
                self._modified_at[plugin] = modified_at
                if known is not None:
                    hide_secrets(*self._files[plugin].values)
                    logger.info("The cookies of {} were read again: {}.", plugin, self._describe(plugin).text)
        except OSError as error:
            # The last cookies stay in use: an export may be about to replace the file.
            problem = f"the file cannot be read: {error.strerror}"
            self._files[plugin] = attrs.evolve(known or CookieFile(), problems=(problem,))
            self._modified_at.pop(plugin, None)
        return self._files[plugin]

    def has_usable(self, plugin: str) -> bool:
        """Return whether the plugin has cookies that are not expired."""
        file = self.find(plugin)
        return file is not None and bool(file.usable)

    def states(self) -> tuple[CookieState, ...]:
        """Return the present state of every plugin's cookies."""
        return tuple(self._describe(plugin) for plugin in self._paths if self.find(plugin) is not None)

    def warnings(self) -> Iterator[str]:
        """Yield a sentence for each file that the operator should look at."""
        for state in self.states():
            if not state.is_good:
                yield f"cookies of {state.plugin}, {self._paths[state.plugin]}: {state.text}."

    def _describe(self, plugin: str) -> CookieState:
        file, modified_at = self._files[plugin], self._modified_at.get(plugin)
        sites = {cookie.site for cookie in file.usable}
        expired = [cookie for cookie in file.cookies if cookie.site not in sites]
        parts = [f"{len(file.usable)} for {_enumerate(sorted(sites))}" if sites else "none that can be used"]
        if modified_at is not None:
            parts[0] += f" (file of {_format_date(modified_at)})"
        if expired:
            last = _format_date(max(cookie.expires_at or 0 for cookie in expired))
            parts.append(
                f"those for {_enumerate(sorted({cookie.site for cookie in expired}))} expired, the last on {last}"
            )
        if file.problems:
            parts.append(_enumerate(file.problems))
        is_good = bool(sites) and len(parts) == 1
        if not is_good:
            parts.append("export them again, in Netscape or JSON format")
        return CookieState(plugin=plugin, text="; ".join(parts), is_good=is_good)


def unused_cookie_warnings(settings: Settings, plugins: PluginManager) -> Iterable[str]:
    """Yield a warning for each name under `cookies` that no plugin has; settings alone do not know the plugins."""
    installed = {*plugins.loaded, *(failure.name for failure in plugins.failures)}
    for name in sorted(settings.download.cookies.keys() - installed):
        yield f"cookies has a file for {name!r}, but no plugin is called so: nobody uses it."


def _enumerate(texts: Sequence[str]) -> str:
    more = len(texts) - _SHOWN
    return ", ".join(texts[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _format_date(unix_time: float) -> str:
    return f"{datetime.fromtimestamp(unix_time, UTC):%Y-%m-%d}"

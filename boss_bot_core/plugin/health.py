"""The state of plugins in their own words: the request, the hints, and the call that no plugin can break."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic

import attrs

from boss_bot_core.plugin.declared_settings import SettingsT_co, pack_settings

_MAX_HINTS = 5
_MAX_LENGTH = 300


@attrs.frozen(kw_only=True)
class HealthRequest(Generic[SettingsT_co]):
    """What a plugin may need to know to tell its state.

    Attributes:
        settings: The plugin's own settings; None if it declares none.
        has_cookies: Whether the operator has given the plugin cookies that can be used.
    """

    settings: SettingsT_co = attrs.field(default=None, repr=False)
    has_cookies: bool = False


@attrs.frozen(kw_only=True)
class HealthHint:
    """One sentence about the state of a plugin, for the operator.

    Attributes:
        plugin: Name of the plugin.
        text: The sentence.
    """

    plugin: str
    text: str


def call_health_hooks(
    hooks: Iterable[tuple[str, Callable[..., object]]],
    get_settings: Callable[[str], object],
    has_cookies: Callable[[str], bool],
) -> Iterator[HealthHint]:
    """Yield what each plugin says, or why its hook says nothing; secrets of its settings are hidden.

    Args:
        hooks: The hooks with the names of their plugins.
        get_settings: Returns the settings of a plugin, or None.
        has_cookies: Returns whether a plugin has cookies that can be used.
    """
    for plugin, check_health in hooks:
        settings = get_settings(plugin)
        try:
            answer = check_health(request=HealthRequest(settings=settings, has_cookies=has_cookies(plugin)))
        except (Exception, SystemExit) as exc:  # noqa: BLE001 - one plugin's bug must not hide the state of the others
            answer = (f"its health check failed: {type(exc).__name__}: {exc}",)
        if not isinstance(answer, tuple) or not all(isinstance(text, str) for text in answer):
            answer = (f"its health check returned {answer!r} instead of a tuple of sentences",)
        secrets = () if settings is None else pack_settings(settings).secrets
        for text in answer[:_MAX_HINTS]:
            yield HealthHint(plugin=plugin, text=_shorten(text, secrets))


def _shorten(text: str, secrets: Iterable[str]) -> str:
    """Return the text as one line without secrets."""
    line = " ".join(text.split())
    for secret in secrets:
        line = line.replace(secret, "***")
    return line[:_MAX_LENGTH]

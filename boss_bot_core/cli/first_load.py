"""Tells the launched zygote what to load, which takes most of a small download, before the command is imported."""

import sys
from importlib import import_module
from types import ModuleType

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import BossBotError
from boss_bot_core.routing.found_link import read_link
from boss_bot_core.zygote_launch import LaunchedZygote


def load_plugins_first(launched: LaunchedZygote, arguments: list[str]) -> LaunchedZygote:
    """Let the zygote load the plugins: `run` has every engine warmed up, `get` that of its first link.

    Args:
        launched: The zygote.
        arguments: The command's arguments, which nobody has checked yet.

    Returns:
        The zygote; it has got no message if the settings cannot be used, which the command tells.
    """
    try:
        settings = _import_settings().load().download
        link = _find_first_link(arguments)
        return launched.load_plugins(
            disabled=settings.disabled_plugins,
            environment=settings.read_worker_environment(),
            is_eager=arguments[0] == "run",
            link=None if link is None else attrs.asdict(link),
        )
    except (BossBotError, OSError):
        return launched


def _find_first_link(arguments: list[str]) -> Link | None:
    texts = (text for text in arguments if text.lower().startswith(("http://", "https://")))
    return next((read_link(text).link for text in texts), None)


def _import_settings() -> ModuleType:
    hidden = {"click"} - sys.modules.keys()  # typed-settings imports it where it can, for command lines of its own
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None makes its import fail
    try:
        return import_module("boss_bot_core.settings")
    finally:
        for name in hidden:
            del sys.modules[name]

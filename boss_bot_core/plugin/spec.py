"""The hooks that a plugin can implement, first those that are called once or for every link, outside of a download.

Those of a download are in `download_spec`. Each takes one request and returns one value, so that no signature grows.

An entry point of the group `boss_bot` names the plugin, a module or an object, which implements hooks with `@hookimpl`,
exactly as here. The module has to be light: the bot imports it, so hooks that run elsewhere import the engine inside.
"""

from typing import TYPE_CHECKING, Any

import pluggy

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.health import HealthRequest
from boss_bot_core.plugin.matching import Platform, UrlMatch

if TYPE_CHECKING:
    import typer

PROJECT_NAME = "boss_bot"

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)
"""Marks a function as a plugin's implementation of the hook with the function's name."""


# --- in every process that loads plugins ------------------------------------------------------------------------------
@hookspec
def bossbot_platform() -> Platform:
    """Describe the platform.

    Called once in every process that loads plugins. Pure data: no I/O, no import of an engine. A plugin without this
    hook is not a platform; it may inspect files, post-process files or add commands.
    """
    raise NotImplementedError


@hookspec
def bossbot_settings() -> type:
    """Return the class of the plugin's own settings.

    Called once in every process that loads plugins. Each field of the attrs class has a default and a text below it.
    The operator's values are checked at the start, and reach the hooks as `settings` of their request.
    """
    raise NotImplementedError


@hookspec
def bossbot_check_health(request: HealthRequest[Any]) -> tuple[str, ...]:
    """Return sentences about the plugin's state for the operator; an exception is shown in place of them.

    Called for `boss-bot plugins` and `$health`, in their process: a few milliseconds, no network, no engine.
    """
    raise NotImplementedError


@hookspec
def bossbot_register_cli(app: "typer.Typer") -> None:
    """Add commands to `boss-bot`.

    Called once when the command line starts; a command imports its modules when it runs. An exception is recorded, and
    the plugin's commands are missing.
    """
    raise NotImplementedError


# --- when a link arrives ----------------------------------------------------------------------------------------------
@hookspec
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim a link, or return None.

    Called for every link, in a worker that serves many links (for `plugins why` in the command line's own process): no
    I/O, a few milliseconds. The engine may be imported here. None means that the plugin does not know the link. An
    exception, and no answer within two seconds, is logged, is shown by `plugins why` and counts as None.
    """
    raise NotImplementedError


# --- in the zygote, once ----------------------------------------------------------------------------------------------
@hookspec
def bossbot_warm_up() -> None:
    """Import and warm up the engine, so that the workers that are forked afterwards start at once.

    Called once in the zygote, before any match or download. The hook uses no network and leaves no thread running. An
    exception is recorded, and the plugin is not in use until the zygote restarts.
    """
    raise NotImplementedError

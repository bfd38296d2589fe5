"""Checks of the hook contract: of a plugin's hooks and platform at registration, and of every answer to a link."""

import traceback
from collections.abc import Callable, Mapping
from typing import get_args

import pluggy

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import PluginError
from boss_bot_core.plugin._engine_guard import EngineGuard, EngineNotLoaded
from boss_bot_core.plugin.hook_limit import HookLimit, TimeIsUp
from boss_bot_core.plugin.hook_results import describe_type
from boss_bot_core.plugin.matching import ExtraFileType, MatchResult, Platform, UrlMatch

_PLATFORM_HOOKS = ("bossbot_platform", "bossbot_match_url", "bossbot_download")
"""A platform plugin implements all of these hooks, any other plugin none of them."""


def check_hooks(manager: pluggy.PluginManager, module: object) -> tuple[str, ...]:
    """Return the names of the hooks that a registered plugin implements.

    Raises:
        PluginError: The plugin implements no hook, an unknown hook, or only some of a platform's hooks.
    """
    callers = manager.get_hookcallers(module) or []
    # Only this check finds a misspelt hook: pluggy accepts an unknown name as a hook that is specified later.
    unknown = sorted(caller.name for caller in callers if not caller.has_spec())
    if unknown:
        raise PluginError(f"implements {', '.join(unknown)}, which Boss-Bot does not know; check the spelling")
    names = tuple(sorted(caller.name for caller in callers))
    if not names:
        raise PluginError("implements no hook; mark its functions with boss_bot_core.plugin.hookimpl")
    missing = [hook for hook in _PLATFORM_HOOKS if hook not in names]
    if 0 < len(missing) < len(_PLATFORM_HOOKS):
        raise PluginError(f"is only a part of a platform: {', '.join(missing)} missing")
    return names


def check_platform(module: object, hooks: tuple[str, ...], taken: Mapping[str, Platform]) -> Platform | None:
    """Return the platform that the plugin describes, or None if the plugin is no platform.

    Args:
        module: The registered plugin.
        hooks: Names of the hooks that it implements.
        taken: Platforms in use, by plugin name.

    Raises:
        PluginError: The hook returned no `Platform`, or another platform has the same name or command.
    """
    if "bossbot_platform" not in hooks:
        return None
    platform = module.bossbot_platform()  # type: ignore[attr-defined]  # pluggy has found the hook on this object
    if not isinstance(platform, Platform):
        raise PluginError(f"bossbot_platform returned {platform!r} instead of a Platform")
    if unknown := set(platform.extra_types) - set(get_args(ExtraFileType)):
        raise PluginError(f"its platform has unknown extra_types: {', '.join(sorted(map(str, unknown)))}")
    for user, other in taken.items():
        if other.name == platform.name:
            raise PluginError(f"its platform name {platform.name!r} is already used by plugin {user!r}")
        if platform.alias is not None and other.alias == platform.alias:
            raise PluginError(f"its command {platform.alias!r} is already used by plugin {user!r}")
    return platform


def call_match_hook(
    plugin: str,
    platform: Platform,
    match_url: Callable[..., object],
    link: Link,
    *,
    is_guarded: bool = False,
    limit_s: float | None = None,
) -> MatchResult:
    """Call one plugin's `bossbot_match_url`; an exception or an invalid answer becomes the result's `error`.

    Args:
        plugin: The plugin's name.
        platform: Its platform.
        match_url: Its hook.
        link: The link.
        is_guarded: Whether the result is "undecided" when the hook wants to import the platform's engine.
        limit_s: How long the hook may take, see `HookLimit`.
    """
    try:
        with HookLimit(limit_s), EngineGuard(platform.engine_packages if is_guarded else ()):
            match = match_url(link=link)
    except EngineNotLoaded:
        return MatchResult(plugin=plugin, match=None, undecided_up_to=platform.max_specificity)
    except (Exception, SystemExit, TimeIsUp) as exc:  # noqa: BLE001 - one plugin's bug must not hide the others' matches
        error = f"no answer within {limit_s} s" if isinstance(exc, TimeIsUp) else f"{type(exc).__name__}: {exc}"
        return MatchResult(plugin=plugin, match=None, error=error, traceback=traceback.format_exc())
    if match is not None and not isinstance(match, UrlMatch):
        return MatchResult(plugin=plugin, match=None, error=f"returned {describe_type(match)} instead of a UrlMatch")
    if match is not None and match.specificity > platform.max_specificity:
        claim = f"{match.specificity.name}, above the max_specificity of its platform"
        return MatchResult(plugin=plugin, match=None, error=f"returned a match of {claim}")
    return MatchResult(plugin=plugin, match=match)

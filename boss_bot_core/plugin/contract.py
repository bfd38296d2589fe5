"""Does a plugin keep the contract? Asked once at registration, and of every answer to `bossbot_match_url`."""

from collections.abc import Callable, Mapping

import pluggy

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import PluginError
from boss_bot_core.plugin.loaded import Claim
from boss_bot_core.plugin.matching import Platform, UrlMatch

_PLATFORM_HOOKS = ("bossbot_platform", "bossbot_match_url", "bossbot_download")


def checked_hooks(manager: pluggy.PluginManager, module: object) -> tuple[str, ...]:
    """Return the names of the hooks that a registered plugin implements.

    Raises:
        PluginError: It implements none, one that does not exist, or only a part of a platform.
    """
    callers = manager.get_hookcallers(module) or []
    # The only thing that catches a misspelt hook: pluggy takes an unknown name for a hook that is specified later.
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


def checked_platform(module: object, hooks: tuple[str, ...], taken: Mapping[str, Platform]) -> Platform | None:
    """Return what the plugin says it is, or None where it is no platform.

    Args:
        module: The registered plugin.
        hooks: The hooks it implements.
        taken: Platforms in use, by plugin name.

    Raises:
        PluginError: It says something else than a `Platform`, or its name or command is taken.
    """
    if "bossbot_platform" not in hooks:
        return None
    platform = module.bossbot_platform()  # type: ignore[attr-defined]  # pluggy has found the hook on this object
    if not isinstance(platform, Platform):
        raise PluginError(f"bossbot_platform returned {platform!r} instead of a Platform")
    for owner, other in taken.items():
        if other.name == platform.name:
            raise PluginError(f"its platform name {platform.name!r} is already used by plugin {owner!r}")
        if platform.alias is not None and other.alias == platform.alias:
            raise PluginError(f"its command {platform.alias!r} is already used by plugin {owner!r}")
    return platform


def claim_of(plugin: str, match_url: Callable[..., object], link: Link) -> Claim:
    """Ask one plugin about `link`; whatever goes wrong is its claim's `error`."""
    try:
        match = match_url(link=link)
    except (Exception, SystemExit) as exc:  # noqa: BLE001 - one plugin's bug must not hide the others' claims
        return Claim(plugin=plugin, match=None, error=f"{type(exc).__name__}: {exc}")
    if match is None or isinstance(match, UrlMatch):
        return Claim(plugin=plugin, match=match)
    return Claim(plugin=plugin, match=None, error=f"returned {match!r} instead of a UrlMatch")

"""The first step of loading: finds the installed plugins by their entry points, and imports them.

Entry points are loaded one by one, so that a broken plugin does not disable the others: pluggy's own
`load_setuptools_entrypoints` aborts at the first broken entry point; this module records the failure and goes on.
"""

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib import metadata

import attrs

from boss_bot_core.plugin.core_requirement import CORE, find_unmet_requirement
from boss_bot_core.plugin.requirements import describe_failure

ENTRY_POINT_GROUP = "boss_bot"

BUILT_IN = {"verification": "boss_bot_core.verification.plugin"}
"""Modules of the plugins that belong to the core, by name; other plugins cannot use these names."""


@attrs.frozen(kw_only=True)
class EntryPointPlugin:
    """A plugin that was found and imported, and whose hooks are not checked yet.

    Attributes:
        name: Name of its entry point, which is the plugin's name.
        distribution: Name of its distribution; `boss-bot-core` for a built-in plugin.
        version: Version of its distribution.
        module: The imported module or object that has the hook implementations.
    """

    name: str
    distribution: str
    version: str
    module: object


@attrs.frozen(kw_only=True)
class PluginFailure:
    """A plugin that is installed but not in use.

    Attributes:
        name: Name of its entry point.
        distribution: Name of its distribution, which an operator installs with pip.
        reason: One sentence, with the next step if there is one.
        disabled: Whether the operator disabled the plugin in the settings.
    """

    name: str
    distribution: str
    reason: str
    disabled: bool = False


def installed_entry_points() -> tuple[metadata.EntryPoint, ...]:
    """Return the entry points of all plugins, the built-in ones first; an editable install is listed only once."""
    built_in = (metadata.EntryPoint(*plugin, ENTRY_POINT_GROUP) for plugin in BUILT_IN.items())
    points = metadata.entry_points(group=ENTRY_POINT_GROUP)
    found = {(point.name, _distribution(point), point.value): point for point in points}
    return (*built_in, *(found[key] for key in sorted(found)))


def find_plugins(
    entry_points: Iterable[metadata.EntryPoint] | None, disabled: Collection[str] = ()
) -> Iterator[EntryPointPlugin | PluginFailure]:
    """Import the plugin of each entry point, or report why that is impossible.

    Args:
        entry_points: Entry points of the plugins; None for all installed ones.
        disabled: Names of the plugins that the operator disabled.

    Yields:
        A plugin or a failure for every entry point, in order; then a failure for each disabled name without a plugin.
    """
    by_name: dict[str, list[metadata.EntryPoint]] = defaultdict(list)
    for point in installed_entry_points() if entry_points is None else entry_points:
        by_name[point.name].append(point)
    core = metadata.version(CORE)
    for name, points in by_name.items():
        if name in disabled:
            yield from (_failure(point, "switched off in the settings", disabled=True) for point in points)
        elif len(points) > 1:
            users = " and ".join(f"{_distribution(point)} ({point.value})" for point in points)
            reason = f"the name {name!r} is used by {users}; uninstall one of them"
            yield from (_failure(point, reason) for point in points)
        else:
            yield _load(points[0], core)
    for name in sorted(set(disabled) - by_name.keys()):
        close = difflib.get_close_matches(name, by_name, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        reason = f"disabled_plugins names it, but no plugin is called so{hint}"
        yield PluginFailure(name=name, distribution="none", reason=reason)


def _load(point: metadata.EntryPoint, core: str) -> EntryPointPlugin | PluginFailure:
    if point.dist is not None and (wanted := find_unmet_requirement(point.dist, core)) is not None:
        step = f"upgrade {CORE}, or install another version of {point.dist.name}"
        return _failure(point, f"needs {CORE}{wanted}, and {core} is installed; {step}")
    try:
        module = point.load()
    except (Exception, SystemExit) as exc:  # noqa: BLE001 - anything a third party's import raises must not end the bot
        return _failure(point, describe_failure("imported", exc))
    version = str(_read_metadata(point.dist)["Version"]) if point.dist else core
    return EntryPointPlugin(name=point.name, distribution=_distribution(point), version=version, module=module)


def _failure(point: metadata.EntryPoint, reason: str, *, disabled: bool = False) -> PluginFailure:
    return PluginFailure(name=point.name, distribution=_distribution(point), reason=reason, disabled=disabled)


def _distribution(point: metadata.EntryPoint) -> str:
    return str(_read_metadata(point.dist)["Name"]) if point.dist else CORE


@cache  # each property of a distribution reads and parses its file again
def _read_metadata(distribution: metadata.Distribution) -> metadata.PackageMetadata:
    return distribution.metadata

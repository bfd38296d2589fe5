"""Finding plugins: entry points one by one, so that a broken one costs nobody else.

`PluginManager.load_setuptools_entrypoints` would abort at the first broken entry point; this records and goes on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from importlib import metadata

import attrs

from boss_bot_core.plugin.loaded import PluginFailure

ENTRY_POINT_GROUP = "boss_bot"

BUILT_IN = {"verification": "boss_bot_core.verification.plugin"}
"""Plugins that the core brings itself; their names are taken."""


@attrs.frozen(kw_only=True)
class EntryPointPlugin:
    """A plugin that was found and imported.

    Attributes:
        name: Entry point's name.
        distribution: Distribution's name.
        version: Distribution's version.
        module: The imported object with the hook implementations.
    """

    name: str
    distribution: str
    version: str
    module: object


def installed_entry_points() -> tuple[metadata.EntryPoint, ...]:
    """Return the installed plugins' entry points, each once (an editable install can be seen twice)."""
    built_in = (metadata.EntryPoint(name, value, ENTRY_POINT_GROUP) for name, value in BUILT_IN.items())
    found = {_identity(point): point for point in metadata.entry_points(group=ENTRY_POINT_GROUP)}
    return (*built_in, *(found[key] for key in sorted(found)))


def find_plugins(
    entry_points: Iterable[metadata.EntryPoint], disabled: Collection[str] = ()
) -> Iterator[EntryPointPlugin | PluginFailure]:
    """Import each entry point's plugin, or say why not.

    Args:
        entry_points: What is installed.
        disabled: Names that the operator does not want.

    Yields:
        A candidate or a failure for every entry point, in order; then a failure for each disabled name that is none.
    """
    by_name: dict[str, list[metadata.EntryPoint]] = defaultdict(list)
    for point in entry_points:
        by_name[point.name].append(point)
    for name, points in by_name.items():
        if name in disabled:
            yield from (_failure(point, "switched off in the settings", disabled=True) for point in points)
        elif len(points) > 1:
            owners = " and ".join(f"{_distribution(point)} ({point.value})" for point in points)
            reason = f"the name {name!r} is used by {owners}; uninstall one of them"
            yield from (_failure(point, reason) for point in points)
        else:
            yield _load(points[0])
    for name in sorted(set(disabled) - by_name.keys()):
        yield PluginFailure(
            name=name, distribution="none", reason="disabled_plugins names it, but no plugin is called so"
        )


def _load(point: metadata.EntryPoint) -> EntryPointPlugin | PluginFailure:
    try:
        module = point.load()
    except (Exception, SystemExit) as exc:  # noqa: BLE001 - anything a third party's import raises must not end the bot
        return _failure(point, f"cannot be imported: {type(exc).__name__}: {exc}")
    version = point.dist.version if point.dist else metadata.version("boss-bot-core")
    return EntryPointPlugin(name=point.name, distribution=_distribution(point), version=version, module=module)


def _failure(point: metadata.EntryPoint, reason: str, *, disabled: bool = False) -> PluginFailure:
    return PluginFailure(name=point.name, distribution=_distribution(point), reason=reason, disabled=disabled)


def _distribution(point: metadata.EntryPoint) -> str:
    return point.dist.name if point.dist else "boss-bot-core"


def _identity(point: metadata.EntryPoint) -> tuple[str, str, str]:
    return point.name, _distribution(point), point.value

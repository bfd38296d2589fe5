"""Which plugins are in use, which are not, and why: the outcome of loading, as plain values."""

import attrs

from boss_bot_core.plugin.matching import Platform, UrlMatch


@attrs.frozen(kw_only=True)
class LoadedPlugin:
    """A plugin in use.

    Attributes:
        name: Its entry point's name.
        distribution: What an operator pip-installs, or `boss-bot-core` for a built-in one.
        version: The distribution's version.
        platform: What it says it is, or None when it is no platform.
        hooks: Names of the hooks it implements.
    """

    name: str
    distribution: str
    version: str
    platform: Platform | None
    hooks: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PluginFailure:
    """A plugin that is installed and not in use.

    Attributes:
        name: Its entry point's name.
        distribution: What an operator pip-installs.
        reason: One sentence that names the next step where there is one.
        disabled: Whether the operator wanted it so.
    """

    name: str
    distribution: str
    reason: str
    disabled: bool = False


@attrs.frozen(kw_only=True)
class Claim:
    """What one plugin said of a link.

    Attributes:
        plugin: Its name.
        match: Its claim, or None.
        error: Why it could not say, or None.
    """

    plugin: str
    match: UrlMatch | None
    error: str | None = None

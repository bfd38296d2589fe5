"""What the bot and the zygote say to each other; a `Fork` carries the worker's socket beside it."""

from typing import Literal

import attrs

from boss_bot_core.plugin.loaded import PluginFailure


@attrs.frozen(kw_only=True)
class LoadPlugins:
    """First message: load and warm the plugins, but for the `disabled` names."""

    disabled: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Fork:
    """Fork a worker; `worker` names it from then on."""

    worker_id: int


@attrs.frozen(kw_only=True)
class SendSignal:
    """Send a signal to a worker's whole process group."""

    worker_id: int
    signal: Literal["kill", "stop", "continue"]


@attrs.frozen(kw_only=True)
class Ready:
    """The plugins are warm.

    Attributes:
        loaded: Names of the plugins in use.
        failures: Plugins that are not, and why.
    """

    loaded: tuple[str, ...]
    failures: tuple[PluginFailure, ...]


@attrs.frozen(kw_only=True)
class Forked:
    """The worker runs."""

    worker_id: int
    pid: int


@attrs.frozen(kw_only=True)
class ForkFailed:
    """The machine could not give a process."""

    worker_id: int
    reason: str


@attrs.frozen(kw_only=True)
class Exited:
    """The worker is gone, and its process group with it.

    Attributes:
        worker: Which one.
        code: Exit code, or the negated number of the signal that ended it.
    """

    worker_id: int
    code: int


ToZygote = LoadPlugins | Fork | SendSignal
FromZygote = Ready | Forked | ForkFailed | Exited

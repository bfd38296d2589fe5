"""Control messages between the bot and the zygote; the packet of a `Fork` also carries the worker's socket."""

from pathlib import Path
from typing import Literal

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.loader import PluginFailure
from boss_bot_core.plugin.matching import MatchResult

CONTROL_PACKET_LIMIT_BYTES = 256 * 1024
"""Size of the receive buffer of both sides; one message is one packet.

It is above the largest packet that Linux sends with its default buffers (measured: 212,960 bytes; a longer one is an
error at the sender), so that no packet is ever truncated.
"""


@attrs.frozen(kw_only=True)
class LoadPlugins:
    """The first message: load all plugins. The answer is `Ready`.

    Attributes:
        disabled: Plugins to leave out.
        environment: Variables to set before.
        is_eager: Whether to warm up every engine before the answer.
        link: A link whose engine is warmed up before the answer, which then says who can fetch it.
    """

    disabled: tuple[str, ...] = ()
    is_eager: bool = False
    link: Link | None = None
    environment: dict[str, str] = attrs.field(factory=dict, repr=False)


@attrs.frozen(kw_only=True)
class WarmUp:
    """Warm up the engines of these plugins. The answer is another `Ready`."""

    plugins: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Fork:
    """Fork a worker; `worker_id` identifies it from then on."""

    worker_id: int


@attrs.frozen(kw_only=True)
class SendSignal:
    """Send SIGKILL, SIGSTOP or SIGCONT to a worker's whole process group."""

    worker_id: int
    signal: Literal["kill", "stop", "continue"]


@attrs.frozen(kw_only=True)
class MatchedLink:
    """A link, and the answers of all plugins to it."""

    link: Link
    results: tuple[MatchResult, ...]


@attrs.frozen(kw_only=True)
class Ready:
    """The plugins are loaded, or warmed up, and the zygote accepts requests.

    Attributes:
        loaded: Names of the loaded plugins.
        platforms: Names of those that are platforms; the others inspect and post-process files.
        cold: Names of those whose engine can be warmed up and is not yet.
        failures: Plugins that are not loaded, each with the reason.
        readable: Files and folders that every worker may read: the system, Python and the installed code.
        matched: The link of `LoadPlugins`; None without one, or if its match is a matter for the bot and its log.
    """

    loaded: tuple[str, ...]
    platforms: tuple[str, ...] = ()
    cold: tuple[str, ...] = ()
    failures: tuple[PluginFailure, ...]
    readable: tuple[Path, ...] = ()
    matched: MatchedLink | None = None


@attrs.frozen(kw_only=True)
class Forked:
    """The worker runs and has this pid."""

    worker_id: int
    pid: int


@attrs.frozen(kw_only=True)
class ForkFailed:
    """The machine has no process or memory left for the worker."""

    worker_id: int
    reason: str


@attrs.frozen(kw_only=True)
class Exited:
    """The worker has exited, and its process group has been killed.

    Attributes:
        worker_id: The worker.
        code: Exit code, or the negated number of the signal that killed it.
    """

    worker_id: int
    code: int


ToZygote = LoadPlugins | WarmUp | Fork | SendSignal
FromZygote = Ready | Forked | ForkFailed | Exited

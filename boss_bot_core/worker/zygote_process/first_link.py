"""The first link: finds out which engine it needs, and warms the engine up, while the bot still imports its modules.

A link is matched in a confined worker here as well: a plugin's pattern can hang or crash on it.
"""

import gc
import socket
from contextlib import suppress

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.matching import MatchResult, find_better_undecided, rank_match
from boss_bot_core.worker.confinement.landlock_rules import list_readable_paths
from boss_bot_core.worker.confinement.policy import Confinement
from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages import (
    LINE_LIMIT_BYTES,
    Event,
    Matched,
    MatchedLink,
    MatchJob,
    StartJob,
    decode,
    encode,
)
from boss_bot_core.worker.zygote_process.children import ChildProcesses

_MATCH_TIMEOUT_S = 5.0
"""How long all plugins together may take, as in the bot."""


def warm_up_for_link(link: Link, manager: PluginManager) -> MatchedLink | None:
    """Warm up the engines that decide who fetches a link, and the one that fetches it.

    Returns:
        The answers to the link. None after a failure, or a line that a plugin logs: the bot, which matches the link
        then, tells both.
    """
    while (results := _match(link, manager)) is not None:
        better = find_better_undecided(results)
        if better is None:
            found = sorted(rank_match(each.match.specificity, each.plugin) for each in results if each.match)
            best = [plugin for _, plugin in found[:1]]
            manager.engines.warm_up(best)
            return MatchedLink(link=link, results=results) if manager.loaded.keys() >= set(best) else None
        manager.engines.warm_up([better])
    return None


def _match(link: Link, manager: PluginManager) -> tuple[MatchResult, ...] | None:
    list_readable_paths()  # workers need the list: it is cached before the fork
    gc.freeze()  # otherwise the worker would search all imported objects for garbage
    children = ChildProcesses(manager)
    own_end, worker_end = socket.socketpair()
    try:
        with own_end, worker_end, suppress(OSError, MessageError):  # a timeout is an OSError
            own_end.settimeout(_MATCH_TIMEOUT_S)
            children.fork(0, worker_end)
            start_job = StartJob(job=MatchJob(), confinement=Confinement())
            own_end.sendall(encode(start_job, StartJob) + encode(link, Link))
            with own_end.makefile("rb") as lines:
                event: Event = decode(lines.readline(LINE_LIMIT_BYTES), Event)
            return event.results if isinstance(event, Matched) else None
    finally:
        children.kill_all()
    return None

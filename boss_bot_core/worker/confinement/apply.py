"""Putting up a worker's walls, in the order in which they allow each other."""

from collections.abc import Callable

from boss_bot_core.worker.confinement.audit import install_tripwire
from boss_bot_core.worker.confinement.capabilities import drop_capabilities
from boss_bot_core.worker.confinement.grants import Grants
from boss_bot_core.worker.confinement.landlock import restrict
from boss_bot_core.worker.confinement.limits import limit_resources
from boss_bot_core.worker.confinement.model import Confinement
from boss_bot_core.worker.confinement.seccomp import filter_syscalls
from boss_bot_core.worker.confinement.walls import rules_of
from boss_bot_core.worker.kernel import forbid_new_privileges


def confine(confinement: Confinement, grants: Grants, tell: Callable[[str], None]) -> None:
    """Lock the calling process up for good.

    Args:
        confinement: Which walls, how much.
        grants: What the job may touch.
        tell: Called with a sentence when the audit hook refuses something.

    Raises:
        OSError: A wall that this kernel knows could not be put up.
    """
    forbid_new_privileges()
    if confinement.limits:
        limit_resources(confinement)
    if confinement.capabilities:
        drop_capabilities()
    if confinement.landlock:
        restrict(rules_of(confinement, grants), grants.proxy_port)
    if confinement.seccomp:
        filter_syscalls(tcp=grants.proxy_port is not None, unix=bool(confinement.unix_sockets))
    if confinement.audit_hook:
        install_tripwire(confinement, grants, tell)

"""Putting up a worker's walls, in the order in which they allow each other."""

from boss_bot_core.worker.confinement.grants import Grants
from boss_bot_core.worker.confinement.limits import limit_resources
from boss_bot_core.worker.confinement.model import Confinement
from boss_bot_core.worker.kernel import forbid_new_privileges


def confine(confinement: Confinement, grants: Grants) -> None:
    """Lock the calling process up for good.

    Raises:
        OSError: A layer that this kernel has could not be put up.
    """
    forbid_new_privileges()
    if confinement.limits:
        limit_resources(confinement)

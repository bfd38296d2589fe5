"""Resource limits of a worker: what the kernel stops without anybody watching."""

import resource

from boss_bot_core.worker.confinement.model import Confinement

_CPU_GRACE_S = 5


def limit_resources(confinement: Confinement) -> None:
    """Limit file size, address space, CPU time, descriptors and core dumps of this process and all it starts."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, confinement.max_file_bytes)
    _limit(resource.RLIMIT_NOFILE, confinement.max_open_files)
    _limit(resource.RLIMIT_CPU, confinement.max_cpu_s, grace=_CPU_GRACE_S)
    # Only the soft limit: a JavaScript runtime reserves more than any machine has, and lifts it for itself.
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = confinement.max_address_space_bytes
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _limit(which: int, value: int, *, grace: int = 0) -> None:
    _, hard = resource.getrlimit(which)
    ceiling = value + grace if hard == resource.RLIM_INFINITY else min(value + grace, hard)
    resource.setrlimit(which, (min(value, ceiling), ceiling))

"""What a worker and all it started cost in memory.

PSS, not RSS: the pages that workers share with the zygote would be counted once for each of them.
"""

from pathlib import Path

_PROC = Path("/proc")


def group_pss_bytes(leader: int) -> int:
    """Return the summed PSS of a process and all its descendants, in bytes; 0 for what is not there (any more).

    Blocking, about a millisecond for each 100 MB mapped.
    """
    return _pss_bytes(leader) + sum(group_pss_bytes(child) for child in _children(leader))


def _children(pid: int) -> list[int]:
    try:
        texts = [(task / "children").read_text() for task in (_PROC / str(pid) / "task").iterdir()]
    except OSError:
        return []
    return [int(child) for text in texts for child in text.split()]


def _pss_bytes(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)

"""Memory of a process and everything below it, as summed PSS: what the machine really gives for them."""

from pathlib import Path

MIB = 1024 * 1024


def tree_pss_bytes(root: int) -> int:
    """Return the summed PSS of `root` and its descendants; a process that ends meanwhile counts nothing."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (parent := _parent(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    total, open_pids = 0, [root]
    while open_pids:
        pid = open_pids.pop()
        total += _pss_bytes(pid)
        open_pids += children.get(pid, [])
    return total


def _parent(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _pss_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

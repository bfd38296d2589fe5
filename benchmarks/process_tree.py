"""The memory of a process and its descendants as summed PSS, which counts each shared page only once."""

from pathlib import Path


def sum_pss_bytes(root: int) -> int:
    """Return the summed PSS of the process `root` and its descendants; a process that ends meanwhile counts as 0."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (parent := _read_parent_pid(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    total, open_pids = 0, [root]
    while open_pids:
        pid = open_pids.pop()
        total += _read_pss_bytes(pid)
        open_pids += children.get(pid, [])
    return total


def _read_parent_pid(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _read_pss_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

"""Which layers hold a worker, and how much it may use.

What it may touch (folder, proxy, programs) is not here: that follows from the job itself, see `grants`.
"""

from pathlib import Path

import attrs

from boss_bot_core.domain.sizes import MEGABYTE


@attrs.frozen(kw_only=True)
class Confinement:
    """A worker's walls; every layer can be left out, since kernels differ and tests show what each one stops.

    Attributes:
        landlock: Files, TCP ports, signals and abstract sockets, enforced by the kernel (ABI 1 and up, what it has).
        seccomp: No sockets but TCP, no tracing, no io_uring, enforced by the kernel.
        capabilities: Give up root's powers, where the bot runs as root.
        audit_hook: Python's own tripwire: connections, writes, programs, new libraries.
        limits: The resource limits below.
        max_file_bytes: Largest file that can be written.
        max_address_space_bytes: Address space of each process (JavaScript runtimes excepted, they reserve far more).
        max_cpu_s: Seconds of CPU time of each process.
        max_open_files: File descriptors of each process.
        programs: Programs that may be started beside the job's ffmpeg, such as deno.
        readable: Files and folders that may be read beside code and the job's own.
        writable: Folders that may be written beside the job's own.
        unix_sockets: Sockets of local services that may be reached, such as a scanner's.
    """

    landlock: bool = True
    seccomp: bool = True
    capabilities: bool = True
    audit_hook: bool = True
    limits: bool = True
    max_file_bytes: int = 2048 * MEGABYTE
    max_address_space_bytes: int = 4096 * MEGABYTE
    max_cpu_s: int = 900
    max_open_files: int = 1024
    programs: tuple[Path, ...] = ()
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    unix_sockets: tuple[Path, ...] = ()

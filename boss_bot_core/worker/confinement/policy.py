"""`Confinement`: the layers that confine a worker, and the limits of its resources.

The job's folder, proxy port, services and programs are not part of it; they follow from the job, see `grants`.
"""

from pathlib import Path

import attrs

from boss_bot_core.domain.sizes import MEGABYTE


@attrs.frozen(kw_only=True)
class Confinement:
    """How a worker is confined; each layer can be left out because kernels differ and tests show what each one stops.

    Attributes:
        landlock: Restrict files, TCP ports, signals and abstract sockets in the kernel (ABI 1 and up, as supported).
        seccomp: Forbid sockets other than TCP, tracing and io_uring in the kernel.
        capabilities: Drop root's capabilities where the bot runs as root.
        audit_hook: Restrict connections, writes, programs and new libraries in Python.
        limits: Apply the resource limits below.
        max_file_bytes: Largest file that can be written.
        max_address_space_bytes: Address space of each process (JavaScript runtimes excepted, they reserve far more).
        max_cpu_s: Seconds of CPU time of each process.
        max_open_files: File descriptors of each process.
        niceness: How far the processes give way to others, 0 to 19.
        programs: Programs that may be started beside the job's ffmpeg, such as deno.
        readable: Files and folders that may be read beside the installed code and the job's own files.
        writable: Folders that may be written beside the job's own.
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
    niceness: int = 0
    programs: tuple[Path, ...] = ()
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()

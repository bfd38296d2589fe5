"""Which of the walls this machine's kernel can put up: for the log and for `$health`."""

import attrs

from boss_bot_core.worker.confinement import landlock, seccomp


@attrs.frozen(kw_only=True)
class KernelSupport:
    """What the kernel can do.

    Attributes:
        landlock_abi: Version of Landlock, 0 for none.
        seccomp: Whether system calls can be filtered on this machine.
    """

    landlock_abi: int
    seccomp: bool

    @property
    def confines_files(self) -> bool:
        """Whether a worker can be kept from other files."""
        return self.landlock_abi >= 1

    @property
    def confines_tcp(self) -> bool:
        """Whether a worker can be kept from every TCP port but its proxy's."""
        return self.landlock_abi >= 4

    def __str__(self) -> str:
        """Say it in one sentence."""
        files = "files" if self.confines_files else ""
        tcp = "TCP connections" if self.confines_tcp else ""
        calls = "other sockets and processes" if self.seccomp else ""
        held = ", ".join(text for text in (files, tcp, calls) if text) or "nothing"
        return f"The kernel itself confines workers' {held} (Landlock ABI {self.landlock_abi}); the rest is policy."


def detect_kernel_support() -> KernelSupport:
    """Ask the kernel."""
    return KernelSupport(landlock_abi=landlock.detect_abi(), seccomp=seccomp.is_supported())

"""`KernelSupport`: which confinement layers this machine's kernel supports, for the log and for `$health`."""

import attrs

from boss_bot_core.worker.confinement import landlock, seccomp


@attrs.frozen(kw_only=True)
class KernelSupport:
    """The confinement layers that the kernel supports.

    Attributes:
        landlock_abi: ABI version of Landlock, 0 without Landlock.
        seccomp: Whether system calls can be filtered on this machine.
    """

    landlock_abi: int
    seccomp: bool

    @property
    def confines_files(self) -> bool:
        """Whether the kernel can restrict a worker's files."""
        return self.landlock_abi >= 1

    @property
    def confines_tcp(self) -> bool:
        """Whether the kernel can restrict a worker's TCP connections to its proxy's port."""
        return self.landlock_abi >= 4

    def __str__(self) -> str:
        """Describe the support in two sentences."""
        files = "files" if self.confines_files else ""
        tcp = "TCP connections" if self.confines_tcp else ""
        calls = "other sockets and processes" if self.seccomp else ""
        confined = ", ".join(text for text in (files, tcp, calls) if text) or "nothing"
        return (
            f"Restricted by the kernel in workers: {confined} (Landlock ABI {self.landlock_abi}). "
            "Python's audit hook alone restricts the rest."
        )


def detect_kernel_support() -> KernelSupport:
    """Query the kernel for the layers that it supports."""
    return KernelSupport(landlock_abi=landlock.detect_abi(), seccomp=seccomp.is_supported())

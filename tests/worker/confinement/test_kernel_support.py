"""Tests of the kernel's support, and of layers without effect where the kernel does not support them."""

from pathlib import Path

import pytest

from boss_bot_core.worker.confinement import landlock, seccomp
from boss_bot_core.worker.confinement.kernel_support import KernelSupport, detect_kernel_support
from boss_bot_core.worker.confinement.landlock_rules import list_code_paths, list_import_folders


def test_the_running_kernel_is_described() -> None:
    found = detect_kernel_support()
    assert found.landlock_abi == landlock.detect_abi()
    assert f"Landlock ABI {found.landlock_abi}" in str(found)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (KernelSupport(landlock_abi=0, seccomp=False), "in workers: nothing ("),
        (KernelSupport(landlock_abi=0, seccomp=True), "in workers: other sockets and processes ("),
        (KernelSupport(landlock_abi=2, seccomp=False), "in workers: files ("),
        (KernelSupport(landlock_abi=4, seccomp=True), "in workers: files, TCP connections, other sockets"),
    ],
)
def test_kernel_support_is_described_in_words(found: KernelSupport, says: str) -> None:
    assert says in str(found)


def test_restricting_a_process_has_no_effect_on_a_kernel_without_landlock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(landlock, "_CREATE_RULESET", 100_000)  # a system call that no kernel has
    assert landlock.detect_abi() == 0
    landlock.restrict_process([], ())
    (tmp_path / "file").touch()


def test_the_filter_has_no_effect_on_an_unsupported_architecture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "sparc")
    assert not seccomp.is_supported()
    seccomp.install_filter(tcp=False, unix=False)


def test_readable_code_paths_exclude_other_files_beside_the_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("package", "data"):
        (tmp_path / name).mkdir()
    for name in ("package/__init__.py", "module.py", ".env", "data/secret"):
        (tmp_path / name).touch()
    monkeypatch.syspath_prepend(tmp_path)
    list_code_paths.cache_clear()
    found = [path.name for path in list_code_paths() if path.is_relative_to(tmp_path)]
    list_code_paths.cache_clear()
    assert found == ["module.py", "package"]
    assert tmp_path in list_import_folders()

"""Tests for the delivery to a folder: complete or not at all, with errors that name the folder."""

import hashlib
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import pytest

from boss_bot_core.delivery import Delivery, FolderDeliverer
from boss_bot_core.domain.items import Destination
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.errors import MachineError, NotFoundError, PermissionDeniedError
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import MovableClock, build_new_download
from tests.delivery.factories import build_file

CONTENT = b"x" * 5_000


def build_delivery(tmp_path: Path, target: Path) -> Delivery:
    source = tmp_path / "kept.mp4"
    source.write_bytes(CONTENT)
    file = attrs.evolve(build_file(0, len(CONTENT)), file_path=source, checksum=hashlib.sha256(CONTENT).hexdigest())
    item = to_item(
        attrs.evolve(build_new_download(), destination=Destination(kind="folder", target=str(target))), MovableClock()()
    )
    return Delivery(item=item, files=(file,), media=MediaInfo())


@contextmanager
def limit_file_size(size_bytes: int) -> Iterator[None]:
    """Let the kernel truncate larger files of this process, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_files_are_copied_once_and_never_overwrite_others(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "file_1.mp4").write_bytes(b"another file")
    for _ in range(2):
        (receipt,) = await FolderDeliverer().deliver(build_delivery(tmp_path, out))
        assert receipt.reference == str(out / "file_1 (2).mp4")
    assert {path.read_bytes() for path in out.iterdir()} == {b"another file", CONTENT}


async def test_an_unusable_folder_raises_an_error_with_its_own_advice(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PermissionDeniedError) as caught:
        await FolderDeliverer().deliver(build_delivery(tmp_path, tmp_path / "file" / "below"))
    assert caught.value.user_message == "Cannot write to 'below': Not a directory. Give another folder with `--out`."


async def test_an_interrupted_copy_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    delivery = build_delivery(tmp_path, out)
    with limit_file_size(1_000), pytest.raises(PermissionDeniedError, match="File too large"):
        await FolderDeliverer().deliver(delivery)
    assert list(out.iterdir()) == []


async def test_a_stored_file_that_is_gone_is_not_taken_for_a_refusing_folder(tmp_path: Path) -> None:
    delivery = build_delivery(tmp_path, tmp_path / "out")
    delivery.files[0].file_path.unlink()
    with pytest.raises(NotFoundError, match=r"^The files are not kept any more\.$"):
        await FolderDeliverer().deliver(delivery)


async def test_too_many_open_files_are_not_taken_for_a_refusing_folder(tmp_path: Path) -> None:
    delivery = build_delivery(tmp_path, tmp_path / "out")
    await FolderDeliverer().deliver(attrs.evolve(delivery, files=()))  # starts the thread, which needs descriptors
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        with pytest.raises(MachineError, match=r"^The bot has as many files and connections open as it may\.$"):
            await FolderDeliverer().deliver(delivery)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

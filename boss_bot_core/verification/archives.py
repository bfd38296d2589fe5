"""The inspection of ZIP archives, which may contain pictures and nothing else.

Each entry is decoded like a picture that comes alone, so an archive can bring nothing that is refused outside of one.
"""

import io
import stat
import time
import zipfile
from pathlib import Path, PurePosixPath

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.plugin import FileFacts, FileRejectedError
from boss_bot_core.verification.images import inspect_image

_MAX_ENTRIES = 1_000
_MAX_ENTRY_BYTES = 64 * MEGABYTE
_MAX_TOTAL_BYTES = 512 * MEGABYTE
_MAX_TIME_S = 20.0
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1


def inspect_archive(path: Path) -> FileFacts:
    """Check that every entry of an archive is a picture.

    Raises:
        FileRejectedError: The archive is damaged, too large when unpacked, or has another content.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _inspect_entries(archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise FileRejectedError("The archive is damaged.") from error
    return FileFacts(mime_type="application/zip", extension=".zip")


def _inspect_entries(archive: zipfile.ZipFile) -> None:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if not entries:
        raise FileRejectedError("The archive is empty.")
    if archive.comment or min(entry.header_offset for entry in archive.infolist()):
        raise FileRejectedError("The archive has data before its files, or a comment.")
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_TOTAL_BYTES:
        raise FileRejectedError("The archive would unfold to more than is allowed.")
    deadline = time.monotonic() + _MAX_TIME_S
    for entry in entries:
        _check_entry(entry)
        with archive.open(entry) as stream:
            content = stream.read(_MAX_ENTRY_BYTES + 1)
        try:
            inspect_image(io.BytesIO(content))
        except FileRejectedError as error:
            raise FileRejectedError("The archive contains something else than pictures, or a damaged one.") from error
        if time.monotonic() > deadline:
            raise FileRejectedError("The archive takes too long to check.")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
        raise FileRejectedError("The archive has files outside of its own folder.")
    if entry.flag_bits & _ENCRYPTED:
        raise FileRejectedError("The archive needs a password.")
    mode = entry.external_attr >> 16
    if entry.compress_type not in _METHODS or entry.file_size > _MAX_ENTRY_BYTES or stat.S_ISLNK(mode):
        raise FileRejectedError("The archive contains something else than pictures.")

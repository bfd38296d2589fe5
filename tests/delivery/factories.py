"""Factories of test files, and Hypothesis strategies for their sizes and limits."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import strategies as st

from boss_bot_core.delivery.plan import MessageLimits
from boss_bot_core.domain.media import DownloadedFile

MIB = 1_048_576
ITEM_ID = UUID("a1b2c3d4e5f60718293a4b5c6d7e8f90")


def build_file(position: int, size_bytes: int) -> DownloadedFile:
    return DownloadedFile(
        id=uuid4(),
        download_item_id=ITEM_ID,
        filename=f"file_{position + 1}.mp4",
        file_path=Path("/nowhere") / f"file_{position + 1}.mp4",
        size_bytes=size_bytes,
        mime_type="video/mp4",
        created_at=datetime(2026, 10, 1, tzinfo=UTC),
        expires_at=datetime(2026, 10, 2, tzinfo=UTC),
        checksum="0" * 64,
        position=position,
    )


def build_files(*sizes: int) -> tuple[DownloadedFile, ...]:
    return tuple(build_file(position, size) for position, size in enumerate(sizes))


SIZES = st.lists(st.integers(min_value=0, max_value=120 * MIB), max_size=130)
LIMITS = st.builds(
    MessageLimits,
    file_bytes=st.integers(min_value=1, max_value=100 * MIB),
    request_bytes=st.integers(min_value=1, max_value=200 * MIB),
    files=st.integers(min_value=1, max_value=10),
)

"""Tests for `metadata.json`: it has all fields of the PRD, and is read back unchanged."""

import json
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.storage import HistoryEntry, Storage, StorageError, StorageLayout
from boss_bot_core.storage.metadata import read_record, write_record
from tests.storage.conftest import BuildVerified

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


async def test_the_record_has_all_fields_of_the_prd(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified
) -> None:
    download = attrs.evolve(
        build_verified(b"meow"),
        media=MediaInfo(title="A cat", author="someone", created_at=NOW),
        skipped=(SkippedFile(name="two", reason="too large"),),
        history=(HistoryEntry(at=NOW, action="downloaded", detail="by twitter"),),
    )
    (file,) = await storage.store(download)
    values = json.loads((layout.download_folder(item) / "metadata.json").read_text(encoding="utf-8"))
    assert values["url"] == item.url
    assert (values["user_id"], values["guild_id"], values["channel_id"]) == (10, 20, 30)
    assert datetime.fromisoformat(values["organised_at"]) == file.created_at
    assert values["files"][0]["checksum"] == file.checksum
    assert values["files"][0]["file_path"] == "content/cat.mp4"
    assert [entry["action"] for entry in values["history"]] == ["downloaded", "organised"]
    assert str(layout.data_dir) not in json.dumps(values)
    record = await storage.read(item)
    assert record is not None
    assert record.files == (file,)
    assert (record.media, record.skipped) == (download.media, download.skipped)


async def test_a_download_is_found_after_the_storage_was_moved(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified, tmp_path: Path
) -> None:
    await storage.store(build_verified(b"meow"))
    layout.data_dir.rename(tmp_path / "moved")
    moved = attrs.evolve(storage, layout=StorageLayout(tmp_path / "moved", layout.cache_dir))
    record = await moved.read(item)
    assert record is not None
    assert record.files[0].file_path.read_bytes() == b"meow"


async def test_a_history_entry_is_appended(storage: Storage, item: DownloadItem, build_verified: BuildVerified) -> None:
    entry = HistoryEntry(at=NOW, action="delivered", detail="message 5")
    await storage.add_history(item, entry)
    assert await storage.read(item) is None
    await storage.store(build_verified(b"meow"))
    await storage.add_history(item, entry)
    record = await storage.read(item)
    assert record is not None
    assert record.history[-1] == entry


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters()), duration_s=st.none() | st.floats(allow_nan=False))
async def test_untrusted_texts_are_preserved(
    storage: Storage,
    layout: StorageLayout,
    item: DownloadItem,
    build_verified: BuildVerified,
    title: str,
    duration_s: float | None,
) -> None:
    media = MediaInfo(title=title, duration_s=duration_s)
    await storage.store(build_verified(b"meow"))
    folder = layout.download_folder(item)
    record = read_record(folder)
    assert record is not None
    write_record(folder, attrs.evolve(record, media=media))
    assert read_record(folder) == attrs.evolve(record, media=media)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"item_id": 5}',
        "[" * 100_000,
        "\ud800".encode(errors="surrogatepass").decode("latin-1"),
    ],
)
async def test_a_broken_record_raises_an_error_and_another_store_repairs_it(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified, content: str
) -> None:
    download = build_verified(b"meow")
    await storage.store(download)
    (layout.download_folder(item) / "metadata.json").write_text(content, encoding="utf-8")
    with pytest.raises(StorageError, match=str(item.id)):
        await storage.read(item)
    await storage.store(download)
    assert await storage.read(item) is not None


async def test_a_record_with_a_file_outside_its_folder_raises_an_error(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified
) -> None:
    await storage.store(build_verified(b"meow"))
    file = layout.download_folder(item) / "metadata.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"filename": "cat.mp4"', '"filename": "../../../../../token"'), encoding="utf-8")
    with pytest.raises(StorageError, match="elsewhere"):
        await storage.read(item)

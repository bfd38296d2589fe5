"""The repository of the files that downloads produced; a file has a record as long as storage keeps it."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import sqlalchemy as sa

from boss_bot_core.database.repositories._base import Repository, row_to_item
from boss_bot_core.database.schema.downloads import DOWNLOAD_ITEMS as ITEMS
from boss_bot_core.database.schema.downloads import DOWNLOADED_FILES as FILES
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.status import DownloadStatus


class FileReader(Repository):
    """Queries over stored files, inside one transaction."""

    async def list_for_item(self, item_id: UUID) -> tuple[DownloadedFile, ...]:
        """Return the item's files in source order."""
        query = sa.select(FILES).where(FILES.c.download_item_id == item_id).order_by(FILES.c.position)
        return tuple(_to_file(row) for row in (await self._connection.execute(query)).mappings())

    async def list_paths(self) -> dict[UUID, Path]:
        """Return the path of every file by the file's id."""
        rows = await self._connection.execute(sa.select(FILES.c.id, FILES.c.file_path))
        return {row[0]: Path(row[1]) for row in rows}

    async def find_reusable(
        self, media_key: str, content_key: str, now: datetime, *, max_file_size_bytes: int
    ) -> DownloadItem | None:
        """Return the newest completed download of the same media whose files can be delivered again, or None.

        Args:
            media_key: The media.
            content_key: `DownloadOptions.content_key` of the requested options.
            now: Every file must expire after this time.
            max_file_size_bytes: The destination's limit; no file may be larger.
        """
        of_item = FILES.c.download_item_id == ITEMS.c.id
        unusable = (FILES.c.expires_at <= now) | (FILES.c.size_bytes > max_file_size_bytes)
        query = (
            sa.select(ITEMS)
            .where(
                ITEMS.c.media_key == media_key,
                ITEMS.c.content_key == content_key,
                ITEMS.c.status == DownloadStatus.COMPLETED,
                sa.exists().where(of_item),
                ~sa.exists().where(of_item, unusable),
            )
            .order_by(ITEMS.c.completed_at.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else row_to_item(row)


class FileWriter(FileReader):
    """Queries and changes of stored files, inside one transaction that may write."""

    async def add(self, files: Iterable[DownloadedFile]) -> None:
        """Insert the records of `files`."""
        rows = [
            attrs.asdict(file)
            | {"file_path": str(file.file_path), "thumbnail_path": file.thumbnail_path and str(file.thumbnail_path)}
            for file in files
        ]
        if rows:
            await self._connection.execute(sa.insert(FILES), rows)

    async def delete(self, file_ids: Iterable[UUID]) -> None:
        """Delete the records of files that storage no longer keeps."""
        await self._connection.execute(sa.delete(FILES).where(FILES.c.id.in_(file_ids)))

    async def delete_of_items(self, item_ids: Iterable[UUID]) -> None:
        """Delete the records of all files of these items."""
        await self._connection.execute(sa.delete(FILES).where(FILES.c.download_item_id.in_(item_ids)))


def _to_file(row: sa.RowMapping) -> DownloadedFile:
    values: dict[str, Any] = dict(row)
    thumbnail = values.pop("thumbnail_path")
    return DownloadedFile(
        file_path=Path(values.pop("file_path")), thumbnail_path=Path(thumbnail) if thumbnail else None, **values
    )

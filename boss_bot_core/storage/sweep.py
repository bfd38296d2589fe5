"""The sweep: takes expired folders away from all readers, then deletes them, and removes empty folders.

It has two steps, because the first one must not run while a job is claimed, and the second one takes time. A crash
after the first step leaves folders that the next sweep finds.
"""

import contextlib
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import attrs

from boss_bot_core.domain.clock_history import ClockHistory
from boss_bot_core.storage.filesystem import find_last_change, measure_folder_size, remove_tree
from boss_bot_core.storage.layout import StorageLayout
from boss_bot_core.storage.scan import ItemFolder, list_day_folders

# A new folder is empty until its download is moved there.
_EMPTY_FOLDER_AGE = timedelta(hours=1)


@attrs.frozen(kw_only=True)
class SweepReport:
    """The result of a sweep, or of its first step.

    Attributes:
        aside: Folders that no reader finds any more, under their new names.
        deleted: Downloads whose files were deleted.
        freed_bytes: Bytes that were freed.
        failed: Folders that could not be deleted: each a download's id and the reason.
    """

    aside: tuple[ItemFolder, ...] = ()
    deleted: tuple[UUID, ...] = ()
    freed_bytes: int = 0
    failed: tuple[str, ...] = ()


def set_aside(folders: Iterable[ItemFolder]) -> SweepReport:
    """Rename folders, so that a reader finds all files of a download or none; blocking, and quick.

    A folder that has vanished in the meantime is left out.
    """
    report = SweepReport()
    for folder in folders:
        try:
            report = attrs.evolve(report, aside=(*report.aside, _rename(folder)))
        except FileNotFoundError:
            continue
        except OSError as error:
            report = attrs.evolve(report, failed=(*report.failed, _describe(folder, error)))
    return report


def _rename(folder: ItemFolder) -> ItemFolder:
    if folder.kind == "expired":
        return folder
    aside = StorageLayout.expired_folder(folder.path)
    remove_tree(aside)
    return attrs.evolve(folder, path=folder.path.rename(aside))


def delete_set_aside(report: SweepReport) -> SweepReport:
    """Delete the folders that are set aside; blocking. One that cannot be deleted does not stop the others."""
    for folder in report.aside:
        size_bytes = measure_folder_size(folder.path)
        try:
            remove_tree(folder.path)
        except OSError as error:
            report = attrs.evolve(report, failed=(*report.failed, _describe(folder, error)))
            continue
        is_download = folder.kind in {"temp", "organised"}
        report = attrs.evolve(
            report,
            freed_bytes=report.freed_bytes + size_bytes,
            deleted=(*report.deleted, folder.item_id) if is_download else report.deleted,
        )
    return attrs.evolve(report, aside=())


def _describe(folder: ItemFolder, error: OSError) -> str:
    return f"{folder.item_id}: {error.strerror}"


def remove_empty_folders(layout: StorageLayout, clock: ClockHistory) -> None:
    """Remove the folders of days and guilds that have been empty for a while; blocking."""
    days = tuple(list_day_folders(layout))
    for empty in (*days, *{day.parent for day in days}):
        if clock.compute_age(find_last_change(empty)) >= _EMPTY_FOLDER_AGE:
            # The removal of a folder that is not empty fails, and the folder stays.
            with contextlib.suppress(OSError):
                empty.rmdir()

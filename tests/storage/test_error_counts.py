"""Storage errors are counted by the PRD's kinds; other errors are not counted."""

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.storage import StorageErrorKind, find_storage_error_kind
from boss_bot_core.storage.error_counts import StorageErrorCounter


def test_every_kind_of_a_download_error_has_its_error_type() -> None:
    kinds = {kind for error_type in ErrorType if (kind := find_storage_error_kind(error_type)) is not None}
    assert kinds == set(StorageErrorKind) - {StorageErrorKind.CLEANUP_ERROR}


def test_only_storage_errors_are_counted() -> None:
    counter = StorageErrorCounter()
    for error_type in (ErrorType.REJECTED, ErrorType.NETWORK, ErrorType.DISK_FULL, ErrorType.REJECTED):
        counter.record_download_error(error_type)
    counter.record(StorageErrorKind.CLEANUP_ERROR)
    assert list(counter.counts.items()) == [
        (StorageErrorKind.DISK_FULL, 1),
        (StorageErrorKind.INVALID_FILE, 2),
        (StorageErrorKind.CLEANUP_ERROR, 1),
    ]

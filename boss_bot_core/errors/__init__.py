"""The error tree. Plugins raise these errors; other exceptions are converted at the end of a worker.

BossBotError
├── DownloadFailedError            a download ended without its files; `code` is an ErrorType
│   ├── NetworkError               network            retry, next candidate
│   ├── RateLimitError             rate_limit         retry after
│   ├── DownloadTimeoutError       timeout            retry
│   ├── FileTooLargeError          file_too_large
│   ├── InvalidUrlError            invalid_url
│   ├── PermissionDeniedError      permission_denied
│   ├── AuthRequiredError          auth_required
│   ├── NotFoundError              not_found
│   ├── NothingFoundError          nothing_found      next candidate
│   ├── UnsupportedUrlError        unsupported        next candidate
│   ├── FfmpegMissingError         unsupported        next candidate
│   ├── BlockedError               blocked
│   ├── FileRejectedError          rejected
│   │   └── SuspiciousFileError    rejected
│   ├── DiskFullError              disk_full          retry
│   │   ├── NoRoomError            disk_full          retry
│   │   └── RoomExceededError      disk_full
│   ├── MachineError               unknown            retry
│   ├── ServiceUnavailableError    unknown            retry
│   ├── QuotaExceededError         quota_exceeded
│   ├── QueueFullError             queue_full
│   ├── DownloadCancelledError     cancelled
│   ├── ChoiceNeededError          choice_needed
│   ├── EngineBrokenError          unknown            retry, next candidate
│   └── InternalError              unknown
├── SettingsError                  the settings cannot be used
├── PluginError                    a plugin cannot be loaded, or breaks the contract
└── QueueError (boss_bot_core.queue.errors), WorkerError (boss_bot_core.worker.errors)
"""

from boss_bot_core.errors.base import BossBotError, DownloadFailedError, PluginError, SettingsError
from boss_bot_core.errors.choice import ChoiceNeededError
from boss_bot_core.errors.download import (
    AuthRequiredError,
    BlockedError,
    DownloadCancelledError,
    DownloadTimeoutError,
    EngineBrokenError,
    FfmpegMissingError,
    FileRejectedError,
    FileTooLargeError,
    InvalidUrlError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    QueueFullError,
    QuotaExceededError,
    RateLimitError,
    SuspiciousFileError,
    UnsupportedUrlError,
)
from boss_bot_core.errors.internal import InternalError, find_bug
from boss_bot_core.errors.machine import (
    DiskFullError,
    MachineError,
    NoRoomError,
    RoomExceededError,
    ServiceUnavailableError,
    find_machine_error,
    find_network_error,
    translate_machine_errors,
)
from boss_bot_core.errors.report import ErrorReport, build_report, is_retryable

__all__ = [
    "AuthRequiredError",
    "BlockedError",
    "BossBotError",
    "ChoiceNeededError",
    "DiskFullError",
    "DownloadCancelledError",
    "DownloadFailedError",
    "DownloadTimeoutError",
    "EngineBrokenError",
    "ErrorReport",
    "FfmpegMissingError",
    "FileRejectedError",
    "FileTooLargeError",
    "InternalError",
    "InvalidUrlError",
    "MachineError",
    "NetworkError",
    "NoRoomError",
    "NotFoundError",
    "NothingFoundError",
    "PermissionDeniedError",
    "PluginError",
    "QueueFullError",
    "QuotaExceededError",
    "RateLimitError",
    "RoomExceededError",
    "ServiceUnavailableError",
    "SettingsError",
    "SuspiciousFileError",
    "UnsupportedUrlError",
    "build_report",
    "find_bug",
    "find_machine_error",
    "find_network_error",
    "is_retryable",
    "translate_machine_errors",
]

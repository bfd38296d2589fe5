"""The one error tree. Plugins raise these; foreign exceptions are wrapped where a worker ends.

BossBotError
├── DownloadFailedError            how a download can end; `code` is an ErrorType
│   ├── NetworkError               network            retry, next candidate
│   ├── RateLimitError             rate_limit         retry after, next candidate
│   ├── DownloadTimeoutError       timeout            retry
│   ├── FileTooLargeError          file_too_large
│   ├── InvalidUrlError            invalid_url
│   ├── PermissionDeniedError      permission_denied
│   ├── AuthRequiredError          auth_required
│   ├── NotFoundError              not_found
│   ├── NothingFoundError          nothing_found      next candidate
│   ├── UnsupportedUrlError        unsupported        next candidate
│   ├── BlockedError               blocked
│   ├── FileRejectedError          rejected
│   ├── DiskFullError              disk_full          retry
│   ├── QuotaExceededError         quota_exceeded
│   ├── QueueFullError             queue_full
│   ├── DownloadCancelledError     cancelled
│   └── EngineBrokenError          unknown            retry, next candidate
├── SettingsError                  wrong settings, all of them
├── PluginError                    a plugin that cannot be used
└── QueueError (boss_bot_core.queue.errors), WorkerError (boss_bot_core.worker.errors)
"""

from boss_bot_core.errors.base import BossBotError, DownloadFailedError, PluginError, SettingsError
from boss_bot_core.errors.own import (
    BlockedError,
    DiskFullError,
    DownloadCancelledError,
    FileRejectedError,
    FileTooLargeError,
    InvalidUrlError,
    QueueFullError,
    QuotaExceededError,
)
from boss_bot_core.errors.report import ErrorReport, build_report, is_retryable
from boss_bot_core.errors.site import (
    AuthRequiredError,
    DownloadTimeoutError,
    EngineBrokenError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedUrlError,
)

__all__ = [
    "AuthRequiredError",
    "BlockedError",
    "BossBotError",
    "DiskFullError",
    "DownloadCancelledError",
    "DownloadFailedError",
    "DownloadTimeoutError",
    "EngineBrokenError",
    "ErrorReport",
    "FileRejectedError",
    "FileTooLargeError",
    "InvalidUrlError",
    "NetworkError",
    "NotFoundError",
    "NothingFoundError",
    "PermissionDeniedError",
    "PluginError",
    "QueueFullError",
    "QuotaExceededError",
    "RateLimitError",
    "SettingsError",
    "UnsupportedUrlError",
    "is_retryable",
    "build_report",
]

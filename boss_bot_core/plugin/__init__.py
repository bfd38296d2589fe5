"""The API for plugin authors: the hook marker, the values that hooks exchange, the errors that hooks raise.

The names in `__all__` are stable within a minor version; plugins import nothing else from the core.
"""

from boss_bot_core.domain.link import DownloadOptions, Link
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import (
    AuthRequiredError,
    BlockedError,
    DiskFullError,
    DownloadFailedError,
    DownloadTimeoutError,
    EngineBrokenError,
    FileRejectedError,
    FileTooLargeError,
    InvalidUrlError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnsupportedUrlError,
    find_machine_error,
)
from boss_bot_core.plugin.download import (
    Described,
    DownloadRequest,
    DownloadResult,
    FetchedFile,
    FileKind,
    Progress,
    Report,
)
from boss_bot_core.plugin.matching import Platform, Specificity, UrlMatch
from boss_bot_core.plugin.part_file import PartFile, parse_range_start
from boss_bot_core.plugin.spec import hookimpl
from boss_bot_core.plugin.stages import (
    FileFacts,
    FileToInspect,
    PostProcessRequest,
    PostProcessResult,
    ProcessedFile,
)

__all__ = [
    "AuthRequiredError",
    "BlockedError",
    "Described",
    "DiskFullError",
    "DownloadFailedError",
    "DownloadOptions",
    "DownloadRequest",
    "DownloadResult",
    "DownloadTimeoutError",
    "EngineBrokenError",
    "FetchedFile",
    "FileFacts",
    "FileKind",
    "FileRejectedError",
    "FileToInspect",
    "FileTooLargeError",
    "InvalidUrlError",
    "Link",
    "MediaInfo",
    "NetworkError",
    "NotFoundError",
    "NothingFoundError",
    "PartFile",
    "PermissionDeniedError",
    "Platform",
    "PostProcessRequest",
    "PostProcessResult",
    "ProcessedFile",
    "Progress",
    "RateLimitError",
    "Report",
    "SkippedFile",
    "Specificity",
    "UnsupportedUrlError",
    "UrlMatch",
    "find_machine_error",
    "format_size",
    "hookimpl",
    "parse_range_start",
]

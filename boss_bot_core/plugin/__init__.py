"""What plugin authors import: the marker, the values that the hooks exchange, and the errors that they raise.

Everything listed in `__all__` is stable within a minor version; nothing else of the core is for plugins.
"""

from boss_bot_core.domain.link import DownloadOptions, Link
from boss_bot_core.domain.media import MediaInfo, SkippedFile
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
    "hookimpl",
]

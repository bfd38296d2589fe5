"""The API for plugin authors, and all that they import from the core; its names are stable within a minor version."""

from boss_bot_core.domain.link import DownloadOptions, FitChoice, Link, Quality
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.domain.secret import Secret
from boss_bot_core.domain.service_address import ServiceAddress
from boss_bot_core.domain.sizes import MediaKind, format_size
from boss_bot_core.errors import (
    AuthRequiredError,
    BlockedError,
    ChoiceNeededError,
    DiskFullError,
    DownloadFailedError,
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
    RateLimitError,
    ServiceUnavailableError,
    SuspiciousFileError,
    UnsupportedUrlError,
    find_machine_error,
)
from boss_bot_core.errors.refusal import build_refusal_error
from boss_bot_core.plugin.command_setup import read_command_setup
from boss_bot_core.plugin.download import DownloadRequest
from boss_bot_core.plugin.download_result import Described, DownloadResult, FetchedFile, FileKind, Progress, Report
from boss_bot_core.plugin.health import HealthRequest
from boss_bot_core.plugin.http_client import HttpClient
from boss_bot_core.plugin.http_options import RequestOptions
from boss_bot_core.plugin.http_status import find_status_error, read_retry_after
from boss_bot_core.plugin.inspection import FileFacts, FileToInspect
from boss_bot_core.plugin.lazy_pattern import LazyPattern
from boss_bot_core.plugin.matching import ExtraFileType, Platform, Specificity, UrlMatch
from boss_bot_core.plugin.part_file import PartFile, parse_range_start
from boss_bot_core.plugin.post_process import ConversionProgress, PostProcessRequest, PostProcessResult, ProcessedFile
from boss_bot_core.plugin.post_process_plan import ByteRange, PostProcessPlan
from boss_bot_core.plugin.requirements import check_names, find_ffmpeg
from boss_bot_core.plugin.site_messages import find_message_error, quote_message
from boss_bot_core.plugin.source_name import find_source_name, get_address_name
from boss_bot_core.plugin.spec import hookimpl
from boss_bot_core.plugin.text_body import MAX_BODY_BYTES, build_text_error, explain_text, is_page, read_text

__all__ = [
    "MAX_BODY_BYTES", "AuthRequiredError", "BlockedError", "ByteRange", "ChoiceNeededError", "ConversionProgress",
    "Described", "DiskFullError", "DownloadFailedError", "DownloadOptions", "DownloadRequest", "DownloadResult",
    "DownloadTimeoutError", "EngineBrokenError", "ExtraFileType", "FetchedFile", "FfmpegMissingError", "FileFacts",
    "FileKind", "FileRejectedError", "FileToInspect", "FileTooLargeError", "FitChoice", "HealthRequest", "HttpClient",
    "InvalidUrlError", "LazyPattern", "Link", "MediaInfo", "MediaKind", "NetworkError", "NotFoundError",
    "NothingFoundError", "PartFile", "PermissionDeniedError", "Platform", "PostProcessPlan", "PostProcessRequest",
    "PostProcessResult", "ProcessedFile", "Progress", "Quality", "RateLimitError", "Report", "RequestOptions", "Secret",
    "ServiceAddress", "ServiceUnavailableError", "SkippedFile", "Specificity", "SuspiciousFileError",
    "UnsupportedUrlError", "UrlMatch", "build_refusal_error", "build_text_error", "check_names", "explain_text",
    "find_ffmpeg", "find_machine_error", "find_message_error", "find_source_name", "find_status_error", "format_size",
    "get_address_name", "hookimpl", "is_page", "parse_range_start", "quote_message", "read_command_setup",
    "read_retry_after", "read_text",
]  # fmt: skip

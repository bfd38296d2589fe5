"""What became of one link of `boss-bot get`: as JSON for programs, as a line for people."""

import attrs

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import DownloadFailedError


@attrs.frozen(kw_only=True)
class ResultFile:
    """A file as it lies in the output folder.

    Attributes:
        path: Absolute path.
        size_bytes: Size in bytes.
        mime_type: Type by content.
        sha256: Checksum, hexadecimal.
    """

    path: str
    size_bytes: int
    mime_type: str
    sha256: str

    @classmethod
    def of(cls, file: DownloadedFile, path: str) -> "ResultFile":
        """Return `file` as it was copied to `path`."""
        return cls(path=path, size_bytes=file.size_bytes, mime_type=file.mime_type, sha256=file.checksum)


@attrs.frozen(kw_only=True)
class ResultError:
    """Why there are no files.

    Attributes:
        code: The error's code.
        message: One sentence with the next step.
        retry_after_s: Seconds after which another try is worth it, when the platform told.
    """

    code: ErrorType
    message: str
    retry_after_s: float | None = None

    @classmethod
    def of(cls, error: DownloadFailedError) -> "ResultError":
        """Return `error` as a value."""
        return cls(code=error.code, message=error.user_message, retry_after_s=error.retry_after_s)


@attrs.frozen(kw_only=True)
class GetResult:
    """What became of a link; `attrs.asdict` of it is the object that `--json` prints.

    Attributes:
        url: The link as it was given.
        status: The item's last status.
        platform: The platform's name, when a plugin took it.
        plugin: The plugin that brought the files, or else the first that was asked.
        title: What the platform calls it.
        author: Who made it.
        files: What was delivered.
        error: Why nothing was.
        attempts: How often it was tried.
    """

    url: str
    status: str
    platform: str | None = None
    plugin: str | None = None
    title: str | None = None
    author: str | None = None
    files: tuple[ResultFile, ...] = ()
    error: ResultError | None = None
    attempts: int = 0

    @property
    def is_success(self) -> bool:
        """Whether files were delivered."""
        return self.error is None and bool(self.files)

    def as_text(self) -> str:
        """Return the lines for people."""
        if self.error is not None:
            return f"{self.url}\n  {self.error.code}: {self.error.message}"
        if not self.files:
            return f"{self.url}\n  {self.status}"
        lines = [f"  {file.path}  {format_size(file.size_bytes)}  {file.mime_type}" for file in self.files]
        return "\n".join([self.url, *lines])


def build_result(
    url: str,
    item: DownloadItem,
    *,
    platform: str | None,
    plugin: str,
    files: tuple[ResultFile, ...],
    error: ResultError | None,
) -> GetResult:
    """Return the outcome of a finished item."""
    return GetResult(
        url=url,
        status=item.status.value,
        platform=platform,
        plugin=plugin,
        title=item.title,
        author=item.author,
        files=files,
        error=error,
        attempts=item.attempt_count,
    )

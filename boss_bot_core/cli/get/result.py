"""The result of one link of `boss-bot get`, as JSON for programs and as text for people."""

from datetime import datetime, timedelta

import attrs

from boss_bot_core.cli.advice import advise_operator
from boss_bot_core.cli.get.result_file import ResultFile
from boss_bot_core.cli.output import to_printable
from boss_bot_core.domain.clock import format_local_time, utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.errors import DownloadFailedError

_FROM_STORAGE = "from storage: an earlier download fetched it; --fresh fetches it again"


@attrs.frozen(kw_only=True)
class ResultError:
    """The reason for which a link has no files.

    Attributes:
        code: The error's code.
        message: One sentence with the next step.
        retry_after_s: Seconds after which a new attempt makes sense, if the platform states it.
    """

    code: ErrorType
    message: str
    retry_after_s: float | None = None

    def format_wait(self, now: datetime) -> str:
        """Return the time from which a new attempt makes sense, as the end of a text; nothing if it is not known."""
        if not self.retry_after_s:
            return ""
        return f" Wait until {format_local_time(now + timedelta(seconds=self.retry_after_s), now)}."

    @classmethod
    def from_error(cls, error: DownloadFailedError) -> "ResultError":
        """Return the result for an exception."""
        return cls(code=error.code, message=advise_operator(error.user_message), retry_after_s=error.retry_after_s)


@attrs.frozen(kw_only=True)
class GetResult:
    """The result of a link; `attrs.asdict` turns it into the object that `--json` prints.

    Attributes:
        url: The link as it was typed.
        status: The item's final status.
        platform: Name of the plugin's platform, if a plugin accepted the link.
        plugin: The plugin that fetched the files, or else the first candidate.
        title: Title of the post.
        author: Author of the post.
        files: The delivered files.
        skipped: The parts of the post that are missing, with the reasons.
        error: The reason for which no file was delivered, or None.
        attempts: Number of attempts.
        from_storage: Whether the files were stored by an earlier download, so that nothing was fetched.
    """

    url: str
    status: str
    platform: str | None = None
    plugin: str | None = None
    title: str | None = None
    author: str | None = None
    files: tuple[ResultFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    error: ResultError | None = None
    attempts: int = 0
    from_storage: bool = False

    @property
    def is_success(self) -> bool:
        """Whether files were delivered."""
        return self.error is None and bool(self.files)

    def as_text(self) -> str:
        """Return the lines that are printed without `--json`."""
        if self.error is not None:
            message = f"{self.error.code}: {self.error.message}{self.error.format_wait(utc_now())}"
            return f"{self.url}\n  {to_printable(message)}"
        if not self.files:
            return f"{self.url}\n  {self.status}"
        notes = [f"  {_FROM_STORAGE}"] if self.from_storage else []
        lines = [f"  {file.path}  {format_size(file.size_bytes)}  {file.mime_type}" for file in self.files]
        missing = [f"  missing: {part.name}: {part.reason}" for part in self.skipped]
        return "\n".join([self.url, *notes, *map(to_printable, [*lines, *missing])])

"""The roots of the error tree."""

from typing import ClassVar

from boss_bot_core.domain.errors import ErrorType


class BossBotError(Exception):
    """Root of every error that this program raises on purpose; its text is one sentence for the user."""


class SettingsError(BossBotError):
    """The settings cannot be used; the text lists every problem with its path."""


class PluginError(BossBotError):
    """A plugin cannot be loaded, or breaks the contract."""


class DownloadFailedError(BossBotError):
    """A download ended without its files.

    A subclass declares its attributes as class keywords: `class NetworkError(DownloadFailedError, code=…, advice="…")`.
    It inherits those that it does not declare.

    Args:
        message: What happened, one sentence, without secrets or host paths.
        retry_after_s: Seconds after which a retry is worth it, when the platform told.
        advice: The next step for the user, when the class's own advice does not fit.
        try_next: Whether the next candidate may be tried, when the class's own rule does not fit.

    Attributes:
        code: The error code that users and programs see.
        retryable: Whether the queue may retry without a user's request.
        try_next: Whether the next candidate plugin may be tried at once.
        advice: The next step for the user.
    """

    code: ClassVar[ErrorType] = ErrorType.UNKNOWN
    retryable: ClassVar[bool] = False
    try_next: bool = False
    advice: str = "Tell the bot's operator the job's id."

    def __init_subclass__(
        cls,
        *,
        code: ErrorType | None = None,
        retryable: bool | None = None,
        try_next: bool | None = None,
        advice: str | None = None,
    ) -> None:
        super().__init_subclass__()
        cls.code = cls.code if code is None else code
        cls.retryable = cls.retryable if retryable is None else retryable
        cls.try_next = cls.try_next if try_next is None else try_next
        cls.advice = cls.advice if advice is None else advice

    def __init__(
        self,
        message: str,
        *,
        retry_after_s: float | None = None,
        advice: str | None = None,
        try_next: bool | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after_s = retry_after_s
        self.advice = type(self).advice if advice is None else advice
        self.try_next = type(self).try_next if try_next is None else try_next

    @property
    def user_message(self) -> str:
        """What happened and what to do next, in that order."""
        return f"{self.message} {self.advice}".strip()

"""The roots of the error tree."""

from typing import ClassVar

from boss_bot_core.domain.errors import ErrorType


class BossBotError(Exception):
    """Root of everything this program raises on purpose; its text is one sentence for people."""


class SettingsError(BossBotError):
    """Settings that cannot be used; the text lists every problem with its path."""


class PluginError(BossBotError):
    """A plugin that cannot be loaded or that breaks the contract."""


class DownloadFailedError(BossBotError):
    """A download ended without its files.

    Args:
        message: What happened, one sentence, without secrets or host paths.
        retry_after_s: Seconds after which a retry is worth it, when the platform told.

    Attributes:
        code: What people and programs see.
        retryable: Whether the queue may try again by itself.
        try_next: Whether the next candidate plugin may be tried at once.
        advice: The next step for a person.
    """

    code: ClassVar[ErrorType] = ErrorType.UNKNOWN
    retryable: ClassVar[bool] = False
    try_next: ClassVar[bool] = False
    advice: ClassVar[str] = "Tell the bot's operator the job's id."

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after_s = retry_after_s

    @property
    def user_message(self) -> str:
        """What happened and what to do next, in that order."""
        return f"{self.message} {self.advice}".strip()

"""Converts a download error into an `ErrorReport`, which can be sent between processes, and back."""

import attrs

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.errors import download, internal, machine
from boss_bot_core.errors.base import DownloadFailedError
from boss_bot_core.errors.choice import ChoiceNeededError

_CLASSES: dict[str, type[DownloadFailedError]] = {
    cls.__name__: cls
    for cls in (*vars(download).values(), *vars(internal).values(), *vars(machine).values(), ChoiceNeededError)
    if isinstance(cls, type) and issubclass(cls, DownloadFailedError) and cls is not DownloadFailedError
}


@attrs.frozen(kw_only=True)
class ErrorReport:
    """A download error as a value, without its traceback.

    Attributes:
        kind: Class name from the error tree.
        message: One sentence for the user.
        retry_after_s: Seconds, when the platform told.
        advice: The next step for the user; None stands for the class's own advice.
        try_next: Whether the next candidate may be tried; None stands for the class's own rule.
        choices: The possible answers of the requester, of a `ChoiceNeededError`.
        detail: For the log only: the foreign exception's text and traceback.
    """

    kind: str
    message: str
    retry_after_s: float | None = None
    advice: str | None = None
    try_next: bool | None = None
    choices: tuple[FitChoice, ...] = ()
    detail: str | None = None

    def to_error(self) -> DownloadFailedError:
        """Return the error that this report describes; an unknown kind becomes an `EngineBrokenError`."""
        cls = _CLASSES.get(self.kind, download.EngineBrokenError)
        choices = {"choices": self.choices} if issubclass(cls, ChoiceNeededError) else {}
        return cls(
            self.message, retry_after_s=self.retry_after_s, advice=self.advice, try_next=self.try_next, **choices
        )


def build_report(error: DownloadFailedError, *, detail: str | None = None) -> ErrorReport:
    """Return the report of `error`; a plugin's own subclass is reported as the core class that it derives from."""
    kind = next((cls.__name__ for cls in type(error).__mro__ if cls.__name__ in _CLASSES), type(error).__name__)
    usual = _CLASSES.get(kind, DownloadFailedError)
    return ErrorReport(
        kind=kind,
        message=error.message,
        retry_after_s=error.retry_after_s,
        advice=None if error.advice == usual.advice else error.advice,
        try_next=None if error.try_next == usual.try_next else error.try_next,
        choices=error.choices if isinstance(error, ChoiceNeededError) else (),
        detail=detail,
    )


def is_retryable(code: ErrorType) -> bool:
    """Return whether a later attempt may succeed after an error of this code."""
    return any(cls.retryable for cls in _CLASSES.values() if cls.code is code)

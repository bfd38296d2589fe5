"""An error on its way between processes: a worker's exception becomes an `ErrorReport` and back again."""

import attrs

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors import own, site
from boss_bot_core.errors.base import DownloadFailedError

_CLASSES: dict[str, type[DownloadFailedError]] = {
    cls.__name__: cls
    for module in (own, site)
    for cls in vars(module).values()
    if isinstance(cls, type) and issubclass(cls, DownloadFailedError) and cls is not DownloadFailedError
}


@attrs.frozen(kw_only=True)
class ErrorReport:
    """A download's failure without its traceback.

    Attributes:
        kind: Class name from the error tree.
        message: One sentence for people.
        retry_after_s: Seconds, when the platform told.
        detail: For the log only: the foreign exception's text and traceback.
    """

    kind: str
    message: str
    retry_after_s: float | None = None
    detail: str | None = None

    def to_error(self) -> DownloadFailedError:
        """Return the error that this report describes; an unknown kind is a broken engine."""
        cls = _CLASSES.get(self.kind, site.EngineBrokenError)
        return cls(self.message, retry_after_s=self.retry_after_s)


def build_report(error: DownloadFailedError, *, detail: str | None = None) -> ErrorReport:
    """Return `error` as a value; a plugin's own subclass travels as the class of ours that it is made from."""
    kind = next((cls.__name__ for cls in type(error).__mro__ if cls.__name__ in _CLASSES), type(error).__name__)
    return ErrorReport(kind=kind, message=error.message, retry_after_s=error.retry_after_s, detail=detail)


def is_retryable(code: ErrorType) -> bool:
    """Tell whether an error of this code may be gone at a later attempt."""
    return any(cls.retryable for cls in _CLASSES.values() if cls.code is code)

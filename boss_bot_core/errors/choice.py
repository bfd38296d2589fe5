"""The error of a file about which the requester has to decide."""

from collections.abc import Sequence

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.errors.base import DownloadFailedError


class ChoiceNeededError(DownloadFailedError, code=ErrorType.CHOICE_NEEDED, advice="Choose how it shall be sent."):
    """A file does not fit, and the requester has to decide what becomes of it; nothing is downloaded again for that.

    The card shows a button for each choice, and the command line names the option `--fit`.

    Args:
        message: What happened, one sentence, without secrets or host paths.
        choices: The possible answers, in the order of the buttons; the hook then finds one in `options.fit`.
        retry_after_s: See `DownloadFailedError`, as for the next two.
        advice: As above.
        try_next: As above.
    """

    def __init__(
        self,
        message: str,
        *,
        choices: Sequence[FitChoice],
        retry_after_s: float | None = None,
        advice: str | None = None,
        try_next: bool | None = None,
    ) -> None:
        super().__init__(message, retry_after_s=retry_after_s, advice=advice, try_next=try_next)
        self.choices = tuple(choices)

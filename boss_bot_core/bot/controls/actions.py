"""What can be done to a download, and what is offered in which state: pure, so that cards can name it."""

from enum import StrEnum

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus


class ControlAction(StrEnum):
    """An action; its value stands in the custom ids of buttons that were sent long ago, so it never changes."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    DETAILS = "details"
    RETRY = "retry"
    DELETE = "delete"

    @property
    def emoji(self) -> str:
        """The sign on its button, and the reaction that does the same (Delete has none)."""
        return _EMOJI[self]

    @property
    def label(self) -> str:
        """The word on its button."""
        return self.value.title()


_A = ControlAction
_S = DownloadStatus

_EMOJI = {
    _A.PAUSE: "⏸️",
    _A.RESUME: "▶️",
    _A.CANCEL: "⏹️",
    _A.DETAILS: "\N{INFORMATION SOURCE}️",
    _A.RETRY: "🔄",
    _A.DELETE: "🗑️",
}

_OFFERED: dict[DownloadStatus, tuple[ControlAction, ...]] = {
    _S.QUEUED: (_A.PAUSE, _A.CANCEL, _A.DETAILS),
    _S.DOWNLOADING: (_A.PAUSE, _A.CANCEL, _A.DETAILS),
    _S.PROCESSING: (_A.PAUSE, _A.CANCEL, _A.DETAILS),
    # An upload cannot stand still.
    _S.UPLOADING: (_A.CANCEL, _A.DETAILS),
    _S.PAUSED: (_A.RESUME, _A.CANCEL, _A.DETAILS),
    _S.COMPLETED: (_A.DELETE,),
    _S.FAILED: (_A.RETRY, _A.DETAILS, _A.DELETE),
    _S.CANCELLED: (_A.RETRY, _A.DETAILS, _A.DELETE),
}


def actions_for(item: DownloadItem) -> tuple[ControlAction, ...]:
    """Return what is offered for `item`, in the order of the buttons."""
    if item.cancel_requested:
        return (_A.DETAILS,)
    if item.pause_requested:
        return _OFFERED[_S.PAUSED]
    return _OFFERED[item.status]


def action_of_emoji(emoji: str) -> ControlAction | None:
    """Return what a reaction asks for, or None; with and without the selector that asks for a colourful sign."""
    return _BY_SIGN.get(_plain(emoji))


def _plain(emoji: str) -> str:
    return emoji.replace("\N{VARIATION SELECTOR-16}", "")


_BY_SIGN = {_plain(action.emoji): action for action in ControlAction if action is not ControlAction.DELETE}

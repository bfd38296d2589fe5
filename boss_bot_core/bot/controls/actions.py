"""The control actions: which of them a card offers in which state, and which user may perform them. Pure."""

from enum import StrEnum

from boss_bot_core.bot.context.invoker import Invoker
from boss_bot_core.bot.language import LazyText
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.domain.status import DownloadStatus


class ControlAction(StrEnum):
    """An action. Its value is part of the custom ids of buttons that were sent long ago, so it never changes."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    DETAILS = "details"
    RETRY = "retry"
    DELETE = "delete"
    CONVERT = "convert"
    PARTS = "parts"
    SOUND = "sound"

    @property
    def emoji(self) -> str:
        """The emoji on the button, which is also the reaction for the same action (Delete has no reaction)."""
        return _EMOJI[self]

    @property
    def label(self) -> str:
        """The label of the button."""
        return str(_LABELS[self])

    @property
    def choice(self) -> FitChoice | None:
        """What to do with a file that does not fit; None for an action that answers no question."""
        return _CHOICES.get(self)


_A = ControlAction
_S = DownloadStatus

_EMOJI = {
    _A.PAUSE: "⏸️",
    _A.RESUME: "▶️",
    _A.CANCEL: "⏹️",
    _A.DETAILS: "\N{INFORMATION SOURCE}️",
    _A.RETRY: "🔄",
    _A.DELETE: "🗑️",
    _A.CONVERT: "🎞️",
    _A.PARTS: "✂️",
    _A.SOUND: "🔊",
}

_CHOICES: dict[ControlAction, FitChoice] = {_A.CONVERT: "convert", _A.PARTS: "parts", _A.SOUND: "sound"}
_LABELS = {
    _A.PAUSE: LazyText("Pause"),
    _A.RESUME: LazyText("Resume"),
    _A.CANCEL: LazyText("Cancel"),
    _A.DETAILS: LazyText("Details"),
    _A.RETRY: LazyText("Retry"),
    _A.DELETE: LazyText("Delete"),
    _A.CONVERT: LazyText("Convert anyway"),
    _A.PARTS: LazyText("Send parts"),
    _A.SOUND: LazyText("Sound only"),
}

_OFFERED: dict[DownloadStatus, tuple[ControlAction, ...]] = {
    _S.QUEUED: (_A.PAUSE, _A.CANCEL, _A.DETAILS),
    _S.DOWNLOADING: (_A.PAUSE, _A.CANCEL, _A.DETAILS),
    _S.PROCESSING: (_A.PAUSE, _A.CANCEL, _A.DETAILS),
    # An upload cannot be paused.
    _S.UPLOADING: (_A.CANCEL, _A.DETAILS),
    _S.PAUSED: (_A.RESUME, _A.CANCEL, _A.DETAILS),
    _S.COMPLETED: (_A.DELETE,),
    _S.FAILED: (_A.RETRY, _A.DETAILS, _A.DELETE),
    _S.CANCELLED: (_A.RETRY, _A.DETAILS, _A.DELETE),
}


def actions_for(item: DownloadItem) -> tuple[ControlAction, ...]:
    """Return the actions that are offered for `item`, in the order of the buttons."""
    if item.cancel_requested:
        return (_A.DETAILS,)
    if item.pause_requested:
        return _OFFERED[_S.PAUSED]
    return (*(action for action in _CHOICES if action.choice in item.choices), *_OFFERED[item.status])


def action_from_emoji(emoji: str) -> ControlAction | None:
    """Return the action of a reaction, or None; the emoji may have a variation selector."""
    return _BY_EMOJI.get(_without_selector(emoji))


def _without_selector(emoji: str) -> str:
    return emoji.replace("\N{VARIATION SELECTOR-16}", "")


_BY_EMOJI = {_without_selector(action.emoji): action for action in ControlAction if action is not ControlAction.DELETE}


def can_act(action: ControlAction, item: DownloadItem, invoker: Invoker, *, is_owner: bool) -> bool:
    """Return whether `invoker` may perform `action` on `item`. Moderators may in their own guild only."""
    if is_owner or invoker.user_id == item.user_id:
        return True
    # Direct messages belong to their requester alone and have no moderators.
    if invoker.guild_id != item.guild_id or item.guild_id == LOCAL_ID:
        return False
    # Details change nothing, and every user who can press the button sees the card.
    return action is ControlAction.DETAILS or invoker.can_manage_messages

"""What can be done to a download, and what is offered in which state: pure, so that cards can name it.

Who may do what to whose download: pure.
"""

from enum import StrEnum

import attrs

from boss_bot_core.access import AccessRequest
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
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


def action_from_emoji(emoji: str) -> ControlAction | None:
    """Return what a reaction asks for, or None; with and without the selector that asks for a colourful sign."""
    return _BY_SIGN.get(_plain(emoji))


def _plain(emoji: str) -> str:
    return emoji.replace("\N{VARIATION SELECTOR-16}", "")


_BY_SIGN = {_plain(action.emoji): action for action in ControlAction if action is not ControlAction.DELETE}


@attrs.frozen(kw_only=True)
class Actor:
    """Somebody who wants something done.

    Attributes:
        user_id: Discord's id.
        guild_id: Where they are, or `LOCAL_ID` in direct messages.
        may_manage_messages: Whether they may manage messages there.
        access: The request that a retry is, by the server's rules; None where nobody can retry.
    """

    user_id: int
    guild_id: int
    may_manage_messages: bool = False
    access: AccessRequest | None = None


def can_act(action: ControlAction, item: DownloadItem, actor: Actor, *, is_owner: bool) -> bool:
    """Tell whether `actor` may do `action` to `item`; a moderator's word counts in their own server only."""
    if is_owner or actor.user_id == item.user_id:
        return True
    # Direct messages are nobody else's, and have no moderators.
    if actor.guild_id != item.guild_id or item.guild_id == LOCAL_ID:
        return False
    # Looking changes nothing, and who can press the button sees the card.
    return action is ControlAction.DETAILS or actor.may_manage_messages

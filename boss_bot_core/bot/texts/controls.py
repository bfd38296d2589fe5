"""The sentences that answer controls: buttons, reactions and the cancel command."""

import attrs

from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.texts.errors import download_failed
from boss_bot_core.bot.texts.units import pluralize
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.queue import ControlOutcome, ControlResult


@attrs.frozen
class ControlReply:
    """The answer to a control.

    Attributes:
        text: The text.
        ephemeral: Whether only the user sees it, where Discord allows that.
    """

    text: str
    ephemeral: bool = True


_A = ControlAction
_O = ControlOutcome

UNKNOWN = ControlReply("I don't know that download any more.")
OUTDATED = ControlReply("That button is from another version of me. Use the newest card.")
DELETED = ControlReply("🗑️ Deleted.")
NOT_DELETED = ControlReply("Discord did not let me delete all of it. Try again in a moment.")
NOTHING_TO_CANCEL = ControlReply("You have no downloads that could be cancelled.")

JUMP_TO_FILES = "Jump to files"

_DONE = {
    (_A.PAUSE, _O.DONE): "⏸️ Paused.",
    (_A.PAUSE, _O.REQUESTED): "⏸️ Pausing…",
    (_A.RESUME, _O.DONE): "▶️ It goes on as soon as there is room.",
    (_A.CANCEL, _O.DONE): "⏹️ Cancelled.",
    (_A.CANCEL, _O.REQUESTED): "⏹️ Cancelling…",
    (_A.RETRY, _O.DONE): "🔄 It is in the queue again.",
    (_A.CONVERT, _O.DONE): "🎞️ It is in the queue again, and is converted however long that takes.",
    (_A.PARTS, _O.DONE): "✂️ It is in the queue again, and comes in parts.",
    (_A.SOUND, _O.DONE): "🔊 It is in the queue again; only its sound is sent.",
}
_ALREADY = {
    _A.PAUSE: "It is already paused.",
    _A.RESUME: "It is not paused.",
    _A.CANCEL: "It is already cancelled.",
    **dict.fromkeys((_A.RETRY, _A.CONVERT, _A.PARTS, _A.SOUND), "It is already under way."),
}
_ENDED = {
    DownloadStatus.COMPLETED: "It is already finished.",
    DownloadStatus.FAILED: "It has already failed. Retry starts it again.",
    DownloadStatus.CANCELLED: "It is already cancelled. Retry starts it again.",
}


def result_reply(action: ControlAction, result: ControlResult) -> ControlReply:
    """Return the answer after the queue has dealt with a control."""
    item = result.item
    if text := _DONE.get((action, result.outcome)):
        sentence = text
    elif item.is_finished:
        sentence = _ENDED[item.status]
    elif item.cancel_requested:
        sentence = "It is already being cancelled."
    elif result.outcome is _O.ALREADY and action is _A.PAUSE and item.pause_requested:
        sentence = "It is already being paused."
    elif result.outcome is _O.ALREADY:
        sentence = _ALREADY[action]
    else:
        sentence = f"It cannot be paused while it is {item.status}."
    return ControlReply(f"{sentence} Job `{item.short_id}`.")


def foreign_download_reply(item: DownloadItem) -> ControlReply:
    """Return the refusal to control the download of another user."""
    return ControlReply(f"Only <@{item.user_id}>, a moderator or the bot's owner can do that. Job `{item.short_id}`.")


def still_running_reply(item: DownloadItem) -> ControlReply:
    """Return the refusal to delete an unfinished download."""
    return ControlReply(f"It is still {item.status}. Cancel it first. Job `{item.short_id}`.")


def internal_error_reply(short_id: str) -> ControlReply:
    """Return the answer to a bug."""
    return ControlReply(f"💥 Something broke on my side. Job `{short_id}`.")


def refused_reply(error: DownloadFailedError) -> ControlReply:
    """Return the answer to a refused retry."""
    return ControlReply(download_failed(error))


def cancel_all_reply(cancelled: int) -> ControlReply:
    """Return the answer after several downloads were cancelled."""
    return ControlReply(f"⏹️ Cancelled {pluralize(cancelled, 'download')}.")

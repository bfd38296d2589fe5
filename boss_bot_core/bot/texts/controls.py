"""The sentences that answer controls: buttons, reactions and the cancel command."""

import attrs

from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.cards import status_word
from boss_bot_core.bot.texts.errors import download_failed, internal_error, job_name
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.queue import ControlOutcome, ControlResult


@attrs.frozen
class ControlReply:
    """The answer to a control.

    Attributes:
        sentence: The text; that of a constant is translated when it is read.
        ephemeral: Whether only the user sees it, where Discord allows that.
    """

    sentence: LazyText | str
    ephemeral: bool = True

    @property
    def text(self) -> str:
        """The text in the language of the current task."""
        return str(self.sentence)


_A = ControlAction
_O = ControlOutcome

UNKNOWN = ControlReply(LazyText("I don't know that download any more."))
OUTDATED = ControlReply(LazyText("That button is from another version of me. Use the newest card."))
DELETED = ControlReply(LazyText("🗑️ Deleted."))
NOT_DELETED = ControlReply(LazyText("Discord did not let me delete all of it. Try again in a moment."))
NOTHING_TO_CANCEL = ControlReply(LazyText("You have no downloads that could be cancelled."))

JUMP_TO_FILES = LazyText("Jump to files")

_DONE = {
    (_A.PAUSE, _O.DONE): LazyText("⏸️ Paused."),
    (_A.PAUSE, _O.REQUESTED): LazyText("⏸️ Pausing…"),
    (_A.RESUME, _O.DONE): LazyText("▶️ It goes on as soon as there is room."),
    (_A.CANCEL, _O.DONE): LazyText("⏹️ Cancelled."),
    (_A.CANCEL, _O.REQUESTED): LazyText("⏹️ Cancelling…"),
    (_A.RETRY, _O.DONE): LazyText("🔄 It is in the queue again."),
    (_A.CONVERT, _O.DONE): LazyText("🎞️ It is in the queue again, and is converted however long that takes."),
    (_A.PARTS, _O.DONE): LazyText("✂️ It is in the queue again, and comes in parts."),
    (_A.SOUND, _O.DONE): LazyText("🔊 It is in the queue again; only its sound is sent."),
}
_ALREADY = {
    _A.PAUSE: LazyText("It is already paused."),
    _A.RESUME: LazyText("It is not paused."),
    _A.CANCEL: LazyText("It is already cancelled."),
    **dict.fromkeys((_A.RETRY, _A.CONVERT, _A.PARTS, _A.SOUND), LazyText("It is already under way.")),
}
_ENDED = {
    DownloadStatus.COMPLETED: LazyText("It is already finished."),
    DownloadStatus.FAILED: LazyText("It has already failed. Retry starts it again."),
    DownloadStatus.CANCELLED: LazyText("It is already cancelled. Retry starts it again."),
}


def result_reply(action: ControlAction, result: ControlResult) -> ControlReply:
    """Return the answer after the queue has dealt with a control."""
    item = result.item
    if text := _DONE.get((action, result.outcome)):
        sentence = text
    elif item.is_finished:
        sentence = _ENDED[item.status]
    elif item.cancel_requested:
        sentence = LazyText("It is already being cancelled.")
    elif result.outcome is _O.ALREADY and action is _A.PAUSE and item.pause_requested:
        sentence = LazyText("It is already being paused.")
    elif result.outcome is _O.ALREADY:
        sentence = _ALREADY[action]
    else:
        sentence = LazyText("It cannot be paused while it is {status}.")
    return _reply_about(item, sentence.format(status=status_word(item.status)))


def _reply_about(item: DownloadItem, sentence: str) -> ControlReply:
    return ControlReply(f"{sentence} {job_name(item.short_id)}")


def foreign_download_reply(item: DownloadItem) -> ControlReply:
    """Return the refusal to control the download of another user."""
    sentence = _("Only {user}, a moderator or the bot's owner can do that.")
    return _reply_about(item, sentence.format(user=f"<@{item.user_id}>"))


def still_running_reply(item: DownloadItem) -> ControlReply:
    """Return the refusal to delete an unfinished download."""
    sentence = _("It is still {status}. Cancel it first.")
    return _reply_about(item, sentence.format(status=status_word(item.status)))


def internal_error_reply(short_id: str) -> ControlReply:
    """Return the answer to a bug."""
    return ControlReply(internal_error(short_id))


def refused_reply(error: DownloadFailedError) -> ControlReply:
    """Return the answer to a refused retry."""
    return ControlReply(download_failed(error))


def cancel_all_reply(cancelled: int) -> ControlReply:
    """Return the answer after several downloads were cancelled."""
    sentence = ngettext("⏹️ Cancelled {count} download.", "⏹️ Cancelled {count} downloads.", cancelled)
    return ControlReply(sentence.format(count=cancelled))

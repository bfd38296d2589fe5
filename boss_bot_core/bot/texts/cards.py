"""The sentences on cards that do not depend on an error, in the words of the PRD."""

from collections.abc import Mapping
from types import MappingProxyType

from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.domain.status import DownloadStatus

_S = DownloadStatus

HEADINGS: Mapping[DownloadStatus, LazyText] = MappingProxyType(
    {
        _S.QUEUED: LazyText("🕒 Queued"),
        _S.DOWNLOADING: LazyText("⬇ Downloading"),
        _S.PROCESSING: LazyText("⚙ Processing"),
        _S.UPLOADING: LazyText("⬆ Uploading"),
        _S.PAUSED: LazyText("⏸ Paused"),
        _S.COMPLETED: LazyText("✅ Download complete!"),
        _S.FAILED: LazyText("❌ Download failed"),
        _S.CANCELLED: LazyText("⏹ Cancelled"),
    }
)

STATUS_LINES: Mapping[DownloadStatus, LazyText] = MappingProxyType(
    {
        _S.DOWNLOADING: LazyText("Downloading"),
        _S.PROCESSING: LazyText("Checking"),
        _S.UPLOADING: LazyText("Uploading to Discord"),
        _S.PAUSED: LazyText("Paused"),
    }
)

STARTING = LazyText("Starting download...")
DUE = LazyText("any moment")
ABOUT_TO_START = LazyText("🚀 About to start.")
MOVED_UP = LazyText("⬆ Moved up in the queue.")
DELAYED = LazyText("⏳ This takes longer than expected: the downloads ahead are slow.")
NEEDS_ROOM = LazyText("💾 Waits for room on the disk, which other downloads use.")
FROM_STORAGE = LazyText("From storage: the bot had downloaded this before.")
CONNECTING = LazyText("Connecting…")
CONVERTING = LazyText("Processing for Discord upload")
CANCELLING = LazyText("Cancelling…")
PAUSING = LazyText("Pausing…")
ETA_COMPLETE = LazyText("Complete")
ETA_UNKNOWN = LazyText("Unknown")
ADULT = LazyText("🔞 Marked adult: the title is not shown.")
INTERRUPTED = LazyText("🔄 Bot restarting")
INTERRUPTED_ADVICE = LazyText("The bot restarts. The download goes on by itself afterwards.")
PAUSED_ADVICE = LazyText("Resume goes on where it stopped.")
CANCELLED_ADVICE = LazyText("Nothing more comes. Retry starts it again.")
"""Also correct when some of the download's messages were posted before."""


_STATUS_WORDS: Mapping[DownloadStatus, LazyText] = MappingProxyType(
    {
        _S.QUEUED: LazyText("queued"),
        _S.DOWNLOADING: LazyText("downloading"),
        _S.PROCESSING: LazyText("processing"),
        _S.UPLOADING: LazyText("uploading"),
        _S.PAUSED: LazyText("paused"),
        _S.COMPLETED: LazyText("completed"),
        _S.FAILED: LazyText("failed"),
        _S.CANCELLED: LazyText("cancelled"),
    }
)


def status_word(status: DownloadStatus) -> str:
    """Return a status as one word."""
    return str(_STATUS_WORDS[status])


def footer(short_id: str, user_id: int) -> str:
    """Return the last line of a card, which identifies the card of this download."""
    return footer_mark(short_id) + _("by {user}").format(user=f"<@{user_id}>")


def footer_mark(short_id: str) -> str:
    """Return the beginning of the footer, by which the card of a download is found, whatever its language."""
    return f"#{short_id} · "


def position(number: int, waiting: int) -> str:
    """Return the position of a waiting download, with the number of waiting downloads when there are several."""
    text = _("Queue position: {number} of {waiting}") if waiting > 1 else _("Queue position: {number}")
    return text.format(number=number, waiting=waiting)


def estimated_start(when: str) -> str:
    """Return the likely start of a waiting download."""
    return _("Estimated start: {when}").format(when=when)


def files(count: int) -> str:
    """Return the number of files."""
    return ngettext("{count} file", "{count} files", count).format(count=count)


def file_number(index: int, count: int | None) -> str:
    """Return the number of the current file, from 1, and the count of files when it is known."""
    text = _("file {index}") if count is None else _("file {index} of {count}")
    return text.format(index=index, count=count)


def completion_ping(user_id: int, title: str | None) -> str:
    """Return the message that pings the requester of a completed download. No other message of the bot pings."""
    return f"<@{user_id}> {HEADINGS[_S.COMPLETED]}" + (f" **{title}**" if title else "")

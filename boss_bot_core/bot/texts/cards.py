"""The sentences on cards that do not depend on an error, in the words of the PRD."""

from collections.abc import Mapping
from types import MappingProxyType

from boss_bot_core.bot.texts.units import pluralize
from boss_bot_core.domain.status import DownloadStatus

_S = DownloadStatus

HEADINGS: Mapping[DownloadStatus, str] = MappingProxyType(
    {
        _S.QUEUED: "🕒 Queued",
        _S.DOWNLOADING: "⬇ Downloading",
        _S.PROCESSING: "⚙ Processing",
        _S.UPLOADING: "⬆ Uploading",
        _S.PAUSED: "⏸ Paused",
        _S.COMPLETED: "✅ Download complete!",
        _S.FAILED: "❌ Download failed",
        _S.CANCELLED: "⏹ Cancelled",
    }
)

STATUS_LINES: Mapping[DownloadStatus, str] = MappingProxyType(
    {
        _S.DOWNLOADING: "Downloading",
        _S.PROCESSING: "Checking",
        _S.UPLOADING: "Uploading to Discord",
        _S.PAUSED: "Paused",
    }
)

STARTING = "Starting download..."
DUE = "any moment"
ABOUT_TO_START = "🚀 About to start."
MOVED_UP = "⬆ Moved up in the queue."
DELAYED = "⏳ This takes longer than expected: the downloads ahead are slow."
NEEDS_ROOM = "💾 Waits for room on the disk, which other downloads use."
FROM_STORAGE = "From storage: the bot had downloaded this before."
CONNECTING = "Connecting…"
CONVERTING = "Processing for Discord upload"
CANCELLING = "Cancelling…"
PAUSING = "Pausing…"
ETA_COMPLETE = "Complete"
ETA_UNKNOWN = "Unknown"
ADULT = "🔞 Marked adult: the title is not shown."
INTERRUPTED = "🔄 Bot restarting"
INTERRUPTED_ADVICE = "The bot restarts. The download goes on by itself afterwards."
PAUSED_ADVICE = "Resume goes on where it stopped."
CANCELLED_ADVICE = "Nothing more comes. Retry starts it again."
"""Also correct when some of the download's messages were posted before."""


def footer(short_id: str, user_id: int) -> str:
    """Return the last line of a card, which identifies the card of this download."""
    return f"#{short_id} · by <@{user_id}>"


def position(number: int, waiting: int) -> str:
    """Return the position of a waiting download, with the number of waiting downloads when there are several."""
    return f"Queue position: {number} of {waiting}" if waiting > 1 else f"Queue position: {number}"


def estimated_start(when: str) -> str:
    """Return the likely start of a waiting download."""
    return f"Estimated start: {when}"


def files(count: int) -> str:
    """Return the number of files."""
    return pluralize(count, "file")


def file_number(index: int, count: int | None) -> str:
    """Return the number of the current file, from 1, and the count of files when it is known."""
    return f"file {index}" if count is None else f"file {index} of {count}"


def completion_ping(user_id: int, title: str | None) -> str:
    """Return the message that pings the requester of a completed download. No other message of the bot pings."""
    return f"<@{user_id}> ✅ Download complete!" + (f" **{title}**" if title else "")

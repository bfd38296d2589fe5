"""Every sentence on a card that does not depend on an error, in the PRD's words."""

from collections.abc import Mapping
from types import MappingProxyType

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
        _S.PROCESSING: "Processing for Discord upload",
        _S.UPLOADING: "Uploading to Discord",
        _S.PAUSED: "Paused",
    }
)

STARTING = "Starting download..."
DUE = "any moment"
ABOUT_TO_START = "🚀 About to start."
MOVED_UP = "⬆ Moved up in the queue."
DELAYED = "⏳ This takes longer than expected: the downloads ahead are slow."
CONNECTING = "Connecting…"
CANCELLING = "Cancelling…"
PAUSING = "Pausing…"
ETA_COMPLETE = "Complete"
ETA_UNKNOWN = "Unknown"
ADULT = "🔞 Marked adult: the title is not shown."
PAUSED_ADVICE = "Resume goes on where it stopped."
CANCELLED_ADVICE = "Nothing more comes. Retry starts it again."
"""True also where some of its messages were there already."""


def footer(short_id: str, user_id: int) -> str:
    """Return a card's last line, which no other message has."""
    return f"#{short_id} · by <@{user_id}>"


def position(channel: int, of: int) -> str:
    """Return where a download waits."""
    return f"Queue position: {channel} of {of}" if of > 1 else f"Queue position: {channel}"


def estimated_start(when: str) -> str:
    """Return when it is likely to start."""
    return f"Estimated start: {when}"


def files(count: int) -> str:
    """Return how many files there are."""
    return "1 file" if count == 1 else f"{count} files"


def file_of(index: int, count: int | None) -> str:
    """Return which file is at hand."""
    return f"file {index}" if count is None else f"file {index} of {count}"


def mention_done(user_id: int, title: str | None) -> str:
    """Return the one message that may ping: the requester's, when they want it."""
    return f"<@{user_id}> ✅ Download complete!" + (f" **{title}**" if title else "")

"""The sentences about our own errors: cause first, then the next step."""

from boss_bot_core.bot.cards.escaping import escape_sentence
from boss_bot_core.domain.error_type import ErrorType
from boss_bot_core.errors import DownloadFailedError

_SIGNS = {
    ErrorType.NETWORK: "🔌",
    ErrorType.TIMEOUT: "🔌",
    ErrorType.RATE_LIMIT: "⏳",
    ErrorType.FILE_TOO_LARGE: "📦",
    ErrorType.AUTH_REQUIRED: "🔒",
    ErrorType.PERMISSION_DENIED: "🔒",
    ErrorType.QUEUE_FULL: "🕒",
    ErrorType.QUOTA_EXCEEDED: "📦",
    ErrorType.DISK_FULL: "💾",
    ErrorType.BLOCKED: "🚫",
    ErrorType.REJECTED: "🚫",
    ErrorType.UNKNOWN: "💥",
}


def sign_of(code: ErrorType) -> str:
    """Return the sign before a sentence about such an error, wherever people read it."""
    return _SIGNS.get(code, "❌")


def with_prefix(text: str, prefix: str) -> str:
    """Return `text` with the commands in it as they are typed here."""
    return text if prefix == "$" else text.replace("`$", f"`{prefix}")


def download_failed(error: DownloadFailedError) -> str:
    """Say why a download cannot be had."""
    return f"{sign_of(error.code)} {error.user_message}"


def queue_refused(error: Exception) -> str:
    """Say what the queue refuses."""
    # It quotes what was typed.
    return f"❌ {escape_sentence(str(error))} `$dlq` shows the ids."


def setting_refused(error: Exception) -> str:
    """Say what a setting takes."""
    return f"❌ {error}"


def broken(job: str | None) -> str:
    """Say that it is the bot's own fault."""
    return "💥 Something broke on my side." + (
        f" Job `{job}`." if job else " Try again; if it stays, tell the operator."
    )

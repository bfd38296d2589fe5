"""The sentences about our own errors: cause first, then the next step.

What a card says about an error: the cause, the next step, and the job's id.
"""

from collections.abc import Callable
from datetime import datetime

from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_code, escape_sentence
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import display_host
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


def error_emoji(code: ErrorType) -> str:
    """Return the sign before a sentence about such an error, wherever people read it."""
    return _SIGNS.get(code, "❌")


def with_prefix(text: str, prefix: str) -> str:
    """Return `text` with the commands in it as they are typed here."""
    return text if prefix == "$" else text.replace("`$", f"`{prefix}")


def download_failed(error: DownloadFailedError) -> str:
    """Say why a download cannot be had."""
    return f"{error_emoji(error.code)} {error.user_message}"


def queue_refused(error: Exception) -> str:
    """Say what the queue refuses."""
    # It quotes what was typed.
    return f"❌ {escape_sentence(str(error))} `$dlq` shows the ids."


def setting_refused(error: Exception) -> str:
    """Say what a setting takes."""
    return f"❌ {error}"


def internal_error(job: str | None) -> str:
    """Say that it is the bot's own fault."""
    return "💥 Something broke on my side." + (
        f" Job `{job}`." if job else " Try again; if it stays, tell the operator."
    )


_E = ErrorType

_ADULT_SIGN = "🔞"


def failure_text(item: DownloadItem, now: datetime, prefix: str) -> str:
    """Return the cause of the last attempt's failure, and the next step; `prefix` is the prefix of the commands."""
    error_type = item.error_type or ErrorType.UNKNOWN
    cause = _CAUSES.get(error_type, _stored_cause)(item, prefix)
    is_adult = item.adult and error_type is ErrorType.PERMISSION_DENIED
    sign = _ADULT_SIGN if is_adult else error_emoji(error_type)
    return f"{sign} {cause} {_next_step(item, now)}".rstrip()


def _host(item: DownloadItem) -> str:
    return f"`{escape_code(display_host(item.url))}`"


def _stored_cause(item: DownloadItem, prefix: str) -> str:
    # Plugins do not know the prefix: a stored message names commands with `$`.
    return with_prefix(escape_sentence(item.error_message or "It could not be downloaded."), prefix)


_LOGIN_ADVICE = "Ask the bot's operator; never send passwords or cookies here."

_CAUSES: dict[ErrorType, Callable[[DownloadItem, str], str]] = {
    _E.NETWORK: lambda item, _: f"I couldn't reach {_host(item)}.",
    _E.RATE_LIMIT: lambda item, _: f"We're being rate limited by {_host(item)}.",
    _E.UNSUPPORTED: lambda item, prefix: f"{_host(item)} isn't supported. `{prefix}dlh sites` lists what is.",
    _E.AUTH_REQUIRED: lambda _item, _: f"The site wants a login. {_LOGIN_ADVICE}",
    _E.UNKNOWN: lambda _item, _: "Something broke on my side.",
}


def _next_step(item: DownloadItem, now: datetime) -> str:
    if not item.is_finished:
        attempt = f"({item.attempt_count + 1} of {item.max_attempts})"
        when = units.relative_timestamp(item.not_before) if item.not_before and item.not_before > now else "now"
        return f"Retrying {when} {attempt}."
    tries = f"I tried {item.attempt_count} times. " if item.attempt_count > 1 else ""
    retry = "Retry starts it again. " if item.error_type in {_E.NETWORK, _E.RATE_LIMIT} else ""
    return f"{tries}{retry}Job `{item.short_id}`."

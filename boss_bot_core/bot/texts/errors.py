"""The sentences about errors of this program, in answers and on cards: the cause first, then the next step."""

from collections.abc import Callable
from datetime import datetime

from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_code, escape_sentence
from boss_bot_core.chat_settings.setting import SettingRefusedError
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import format_host
from boss_bot_core.errors import AuthRequiredError, BossBotError, DownloadFailedError
from boss_bot_core.queue.errors import QueueError

_EMOJI = {
    ErrorType.NETWORK: "🔌",
    ErrorType.TIMEOUT: "🔌",
    ErrorType.RATE_LIMIT: "⏳",
    **dict.fromkeys((ErrorType.FILE_TOO_LARGE, ErrorType.QUOTA_EXCEEDED, ErrorType.CHOICE_NEEDED), "📦"),
    ErrorType.AUTH_REQUIRED: "🔒",
    ErrorType.PERMISSION_DENIED: "🔒",
    ErrorType.QUEUE_FULL: "🕒",
    ErrorType.DISK_FULL: "💾",
    ErrorType.BLOCKED: "🚫",
    ErrorType.REJECTED: "🚫",
    ErrorType.UNKNOWN: "💥",
}


def error_emoji(code: ErrorType) -> str:
    """Return the emoji in front of every sentence about such an error."""
    return _EMOJI.get(code, "❌")


def _with_prefix(text: str, prefix: str) -> str:
    """Return a sentence of the core with the commands in it as they are typed here.

    Plugins and the core do not know the bot's prefix: their errors, also those stored with a download, write `$dls`.
    """
    return text if prefix == "$" else text.replace("`$", f"`{prefix}")


def own_error(error: BossBotError, prefix: str) -> str:
    """Return the answer to an error of this program that has no text of its own."""
    return _with_prefix(str(error), prefix)


def download_failed(error: DownloadFailedError, prefix: str = "$") -> str:
    """Return the answer to a failed download: the cause, then the next step."""
    return _with_prefix(f"{error_emoji(error.code)} {error.user_message}", prefix)


def queue_refused(error: QueueError, prefix: str) -> str:
    """Return the answer to a refusal of the queue, which quotes what the user typed."""
    return f"❌ {escape_sentence(str(error))} `{prefix}dlq` shows the ids."


def setting_refused(error: SettingRefusedError, prefix: str) -> str:
    """Return the answer to a value that a setting does not accept."""
    return _with_prefix(f"❌ {error}", prefix)


def internal_error(job: str | None) -> str:
    """Return the answer to a bug, with the short id of the download that it is about, if any."""
    return "💥 Something broke on my side." + (
        f" Job `{job}`." if job else " Try again; if it stays, tell the operator."
    )


_E = ErrorType

_ADULT_EMOJI = "🔞"


def failure_text(item: DownloadItem, now: datetime, prefix: str) -> str:
    """Return the cause of the last attempt's failure, and the next step; `prefix` is the prefix of the commands."""
    error_type = item.error_type or ErrorType.UNKNOWN
    cause = _CAUSES.get(error_type, _stored_cause)(item, prefix)
    is_adult = item.adult and error_type is ErrorType.PERMISSION_DENIED
    emoji = _ADULT_EMOJI if is_adult else error_emoji(error_type)
    return f"{emoji} {cause} {_next_step(item, now)}".rstrip()


def _host(item: DownloadItem) -> str:
    return f"`{escape_code(format_host(item.url))}`"


def _stored_cause(item: DownloadItem, prefix: str) -> str:
    # Plugins do not know the prefix: a stored message names commands with `$`.
    return _with_prefix(escape_sentence(item.error_message or "It could not be downloaded."), prefix)


def _login_cause(item: DownloadItem, _: str) -> str:
    # The stored message ends with the advice that the error had.
    renewal = AuthRequiredError.renewal_advice
    is_renewal = (item.error_message or "").endswith(renewal)
    return f"The site wants a login. {renewal if is_renewal else _LOGIN_ADVICE}"


_LOGIN_ADVICE = "Ask the bot's operator; never send passwords or cookies here."

_CAUSES: dict[ErrorType, Callable[[DownloadItem, str], str]] = {
    _E.NETWORK: lambda item, _: f"I couldn't reach {_host(item)}.",
    _E.RATE_LIMIT: lambda item, _: f"We're being rate limited by {_host(item)}.",
    _E.UNSUPPORTED: lambda item, prefix: f"{_host(item)} isn't supported. `{prefix}dlh sites` lists what is.",
    _E.AUTH_REQUIRED: _login_cause,
    _E.UNKNOWN: lambda _item, _: "Something broke on my side.",
}


def _next_step(item: DownloadItem, now: datetime) -> str:
    if not item.is_finished:
        attempt = f"({item.attempt_count + 1} of {item.max_attempts})"
        when = units.relative_timestamp(item.not_before) if item.not_before and item.not_before > now else "now"
        return f"Retrying {when} {attempt}."
    tries = f"I tried {item.attempt_count} times. " if item.attempt_count > 1 else ""
    retry = "Retry starts it again. " if item.error_type in {_E.NETWORK, _E.RATE_LIMIT} else ""
    wait = f"The site's wait ends {units.relative_timestamp(item.not_before)}." if item.not_before else ""
    return f"{tries}{retry}{wait}"

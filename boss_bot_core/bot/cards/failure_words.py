"""What a card says about an error: the cause, the next step, and the job's id."""

from collections.abc import Callable
from datetime import datetime

from boss_bot_core.bot.cards import amounts
from boss_bot_core.bot.cards.escaping import escape_code, escape_sentence
from boss_bot_core.bot.cards.job_view import JobView
from boss_bot_core.bot.errors.wording import sign_of
from boss_bot_core.domain.error_type import ErrorType

_E = ErrorType

_ADULT_SIGN = "🔞"


def failure_text(view: JobView, now: datetime) -> str:
    """Return what went wrong with the last attempt, and what happens next or can be done."""
    error_type = view.item.error_type or ErrorType.UNKNOWN
    cause = _CAUSES.get(error_type, _from_error)(view)
    is_adult = view.item.adult and error_type is ErrorType.PERMISSION_DENIED
    sign = _ADULT_SIGN if is_adult else sign_of(error_type)
    return f"{sign} {cause} {_next_step(view, now)}".rstrip()


def _host(view: JobView) -> str:
    return f"`{escape_code(view.host)}`"


def _from_error(view: JobView) -> str:
    return escape_sentence(view.item.error_message or "It could not be downloaded.")


_CAUSES: dict[ErrorType, Callable[[JobView], str]] = {
    _E.NETWORK: lambda view: f"I couldn't reach {_host(view)}.",
    _E.RATE_LIMIT: lambda view: f"We're being rate limited by {_host(view)}.",
    _E.UNSUPPORTED: lambda view: f"{_host(view)} isn't supported. `$dlh sites` lists what is.",
    _E.AUTH_REQUIRED: lambda _: "The site wants a login. Ask the bot's operator; never send passwords or cookies here.",
    _E.UNKNOWN: lambda _: "Something broke on my side.",
}


def _next_step(view: JobView, now: datetime) -> str:
    item = view.item
    if not item.is_finished:
        attempt = f"({item.attempt_count + 1} of {item.max_attempts})"
        when = amounts.relative(item.not_before) if item.not_before and item.not_before > now else "now"
        return f"Retrying {when} {attempt}."
    tries = f"I tried {item.attempt_count} times. " if item.attempt_count > 1 else ""
    retry = "Retry starts it again. " if item.error_type in {_E.NETWORK, _E.RATE_LIMIT} else ""
    return f"{tries}{retry}Job `{item.short_id}`."

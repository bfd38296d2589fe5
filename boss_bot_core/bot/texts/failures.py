"""The sentences about a failed download on its card: the cause first, then the next step."""

from collections.abc import Callable
from datetime import datetime

from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.language import ngettext
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.errors import error_emoji, with_prefix
from boss_bot_core.bot.texts.escape import escape_code, escape_sentence
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import format_host
from boss_bot_core.errors import AuthRequiredError

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
    cause = translate(item.error_message) if item.error_message else _("It could not be downloaded.")
    return with_prefix(escape_sentence(cause), prefix)


def _login_cause(item: DownloadItem, _prefix: str) -> str:
    # The stored message ends with the advice that the error had.
    renewal = AuthRequiredError.renewal_advice
    is_renewal = (item.error_message or "").endswith(renewal)
    advice = _(renewal) if is_renewal else _("Ask the bot's operator; never send passwords or cookies here.")
    return " ".join([_("The site wants a login."), advice])


def _unsupported_cause(item: DownloadItem, prefix: str) -> str:
    sentence = _("{host} isn't supported. {command} lists what is.")
    return sentence.format(host=_host(item), command=f"`{prefix}dlh sites`")


_CAUSES: dict[ErrorType, Callable[[DownloadItem, str], str]] = {
    _E.NETWORK: lambda item, _prefix: _("I couldn't reach {host}.").format(host=_host(item)),
    _E.RATE_LIMIT: lambda item, _prefix: _("We're being rate limited by {host}.").format(host=_host(item)),
    _E.UNSUPPORTED: _unsupported_cause,
    _E.AUTH_REQUIRED: _login_cause,
    _E.UNKNOWN: lambda _item, _prefix: _("Something broke on my side."),
}


def _next_step(item: DownloadItem, now: datetime) -> str:
    if not item.is_finished:
        number, count = item.attempt_count + 1, item.max_attempts
        if item.not_before and item.not_before > now:
            when = units.relative_timestamp(item.not_before)
            return _("Retrying {when} ({number} of {count}).").format(when=when, number=number, count=count)
        return _("Retrying now ({number} of {count}).").format(number=number, count=count)
    steps = []
    if (tries := item.attempt_count) > 1:
        steps.append(ngettext("I tried {count} time.", "I tried {count} times.", tries).format(count=tries))
    if item.error_type in {_E.NETWORK, _E.RATE_LIMIT}:
        steps.append(_("Retry starts it again."))
    if item.not_before:
        steps.append(_("The site's wait ends {when}.").format(when=units.relative_timestamp(item.not_before)))
    return " ".join(steps)

"""The messages in the operator's alert channel."""

from collections.abc import Mapping
from types import MappingProxyType

from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.escape import escape_sentence, truncate_message
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.operations.alerts import Alert, AlertKind

_TITLES: Mapping[AlertKind, LazyText] = MappingProxyType(
    {
        AlertKind.SPACE: LazyText("Disk space"),
        AlertKind.CLEANUP: LazyText("Clean-up failed"),
        AlertKind.ERROR_RATE: LazyText("Many downloads fail"),
        AlertKind.QUOTA: LazyText("Quota nearly used up"),
        AlertKind.SUSPICIOUS_FILE: LazyText("Suspicious file"),
        AlertKind.COOKIES: LazyText("Cookies refused"),
    }
)

_TEXT_LENGTH = 600


def format_alert(alert: Alert) -> str:
    """Return the message about an alert that begins, or is over."""
    observation, title = alert.observation, _TITLES[alert.observation.kind]
    if alert.is_over:
        heading, text = _("✅ **Over: {title}**").format(title=title), observation.over_text
    else:
        heading, text = f"⚠️ **{title}**", observation.text
    return truncate_message(f"{heading} · {escape_sentence(translate(text), _TEXT_LENGTH)}")

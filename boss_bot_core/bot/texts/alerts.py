"""The messages in the operator's alert channel."""

from collections.abc import Mapping
from types import MappingProxyType

from boss_bot_core.bot.texts.escape import escape_sentence, truncate_message
from boss_bot_core.operations.alerts import Alert, AlertKind

_TITLES: Mapping[AlertKind, str] = MappingProxyType(
    {
        AlertKind.SPACE: "Disk space",
        AlertKind.CLEANUP: "Clean-up failed",
        AlertKind.ERROR_RATE: "Many downloads fail",
        AlertKind.QUOTA: "Quota nearly used up",
        AlertKind.SUSPICIOUS_FILE: "Suspicious file",
        AlertKind.COOKIES: "Cookies refused",
    }
)

_TEXT_LENGTH = 600


def format_alert(alert: Alert) -> str:
    """Return the message about an alert that begins, or is over."""
    observation, title = alert.observation, _TITLES[alert.observation.kind]
    if alert.is_over:
        return truncate_message(f"✅ **Over: {title}** · {escape_sentence(observation.over_text, _TEXT_LENGTH)}")
    return truncate_message(f"⚠️ **{title}** · {escape_sentence(observation.text, _TEXT_LENGTH)}")

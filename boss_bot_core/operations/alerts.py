"""The rules of alerts: when the operator is alerted, and that the same alert comes again only after a recovery. Pure.

Everything that is watched is a level, observed again and again. Its alert begins above one level and ends at a lower
one, so that a level that moves around the limit gives one alert. What cannot recover by itself, such as a suspicious
file, is over when it has not been observed for a time.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import attrs


class AlertKind(StrEnum):
    """What the operator is alerted to: the PRD's alerts, and cookies that a site refuses."""

    SPACE = "space"
    CLEANUP = "cleanup"
    ERROR_RATE = "error_rate"
    QUOTA = "quota"
    SUSPICIOUS_FILE = "suspicious_file"
    COOKIES = "cookies"


@attrs.frozen(kw_only=True)
class Observation:
    """One observation of something that is watched.

    Attributes:
        kind: The kind of alert that it may give.
        subject: What exactly is watched, such as a server or a plugin; each has its own alert.
        level: How bad it is, from 0 to 1.
        text: One sentence for the operator, if an alert begins.
        over_text: The same if it is over; empty for what has no such end.
    """

    kind: AlertKind
    subject: str = ""
    level: float
    text: str
    over_text: str = ""


@attrs.frozen(kw_only=True)
class AlertRule:
    """When the alerts of a kind begin and end.

    Attributes:
        begins_above: The level above which an alert begins.
        ends_at: The level at which, or below, it is over.
        quiet_s: Seconds without a level above `begins_above` after which it is over; None for no such end.
    """

    begins_above: float
    ends_at: float
    quiet_s: float | None = None


_YES_OR_NO = 0.5
_HOUR_S = 3600.0

RULES: Mapping[AlertKind, AlertRule] = MappingProxyType(
    {
        AlertKind.SPACE: AlertRule(begins_above=0.80, ends_at=0.75),
        AlertKind.CLEANUP: AlertRule(begins_above=_YES_OR_NO, ends_at=0.0, quiet_s=2 * _HOUR_S),
        AlertKind.ERROR_RATE: AlertRule(begins_above=0.50, ends_at=0.25),
        AlertKind.QUOTA: AlertRule(begins_above=0.90, ends_at=0.80),
        AlertKind.SUSPICIOUS_FILE: AlertRule(begins_above=_YES_OR_NO, ends_at=0.0, quiet_s=_HOUR_S),
        AlertKind.COOKIES: AlertRule(begins_above=_YES_OR_NO, ends_at=0.0),
    }
)


@attrs.frozen(kw_only=True)
class Alert:
    """An alert that begins, or is over.

    Attributes:
        observation: The observation that began or ended it.
        is_over: Whether it is over.
    """

    observation: Observation
    is_over: bool = False


class AlertBoard:
    """The alerts that have begun and are not over."""

    def __init__(self) -> None:
        self._last_seen_s: dict[tuple[AlertKind, str], float] = {}

    def observe(self, observation: Observation, now_s: float) -> Alert | None:
        """Return the alert that begins or ends with an observation, or None if nothing changes.

        Args:
            observation: The observation.
            now_s: The time in seconds, of a clock that never goes back.
        """
        self._forget_quiet(now_s)
        key, rule = (observation.kind, observation.subject), RULES[observation.kind]
        is_active = key in self._last_seen_s
        if observation.level > rule.begins_above:
            self._last_seen_s[key] = now_s
            return None if is_active else Alert(observation=observation)
        if is_active and observation.level <= rule.ends_at:
            del self._last_seen_s[key]
            return Alert(observation=observation, is_over=True)
        return None

    def _forget_quiet(self, now_s: float) -> None:
        for (kind, subject), seen_s in tuple(self._last_seen_s.items()):
            quiet_s = RULES[kind].quiet_s
            if quiet_s is not None and now_s - seen_s >= quiet_s:
                del self._last_seen_s[kind, subject]

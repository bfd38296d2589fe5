"""The preferences of users (how downloads are shown, prioritised and retried), and the choices that override them."""

from enum import StrEnum
from typing import Any

import attrs

from boss_bot_core.domain.status import DownloadPriority

MAX_RETRIES = 5
"""Largest number of retries that a user may choose: each retry delays the downloads of other users."""


class NotificationPreference(StrEnum):
    """How much of a download is shown to the user."""

    NONE = "none"
    """Only the result."""
    MINIMAL = "minimal"
    """The start and the result."""
    NORMAL = "normal"
    """Regular progress."""
    VERBOSE = "verbose"
    """Every detail."""


class BarStyle(StrEnum):
    """How a progress bar is drawn."""

    STANDARD = "standard"
    BLOCKS = "blocks"
    DOTS = "dots"


@attrs.frozen(kw_only=True)
class UserPreferences:
    """How downloads of a user are shown, prioritised and retried.

    Attributes:
        notification_level: How much of a download is shown.
        progress_bar_style: How the progress bar is drawn.
        default_priority: Priority of a download whose command names none.
        mention_on_complete: Mention the user when a download is done.
        auto_retry: Retry a failed download automatically.
        max_retries: Largest number of automatic retries.
        language: Language of what only the user sees; None follows Discord's client.
    """

    notification_level: NotificationPreference = NotificationPreference.NORMAL
    progress_bar_style: BarStyle = BarStyle.STANDARD
    default_priority: DownloadPriority = DownloadPriority.NORMAL
    mention_on_complete: bool = True
    auto_retry: bool = True
    max_retries: int = attrs.field(default=3, validator=[attrs.validators.ge(0), attrs.validators.le(MAX_RETRIES)])
    language: str | None = None

    @property
    def max_attempts(self) -> int:
        """Largest number of attempts, including the first."""
        return 1 + self.max_retries if self.auto_retry else 1


DEFAULT_PREFERENCES = UserPreferences()
"""The preferences of a user when neither the user nor the guild has chosen any."""


@attrs.frozen(kw_only=True)
class PreferenceChoices:
    """The preferences that one user or one guild has chosen; the others come from the guild or from the defaults.

    The attributes are those of `UserPreferences`; None means not chosen.
    """

    notification_level: NotificationPreference | None = None
    progress_bar_style: BarStyle | None = None
    default_priority: DownloadPriority | None = None
    mention_on_complete: bool | None = None
    auto_retry: bool | None = None
    max_retries: int | None = None
    language: str | None = None

    def apply_to(self, base: UserPreferences) -> UserPreferences:
        """Return `base` with the chosen preferences replaced."""
        return attrs.evolve(base, **self.chosen_values())

    def chosen_values(self) -> dict[str, Any]:
        """Return the chosen values by name."""
        return {name: value for name, value in attrs.asdict(self).items() if value is not None}


NO_CHOICES = PreferenceChoices()
"""No preference is chosen."""

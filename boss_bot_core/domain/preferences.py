"""Some of the preferences, as one person or one server chose them; what they left open comes from further out."""

from typing import Any

import attrs

from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import BarStyle, NotificationPreference, UserPreferences


@attrs.frozen(kw_only=True)
class PreferenceChoices:
    """The attributes are those of `UserPreferences`; None: not chosen."""

    notification_level: NotificationPreference | None = None
    progress_bar_style: BarStyle | None = None
    default_priority: DownloadPriority | None = None
    mention_on_complete: bool | None = None
    auto_retry: bool | None = None
    max_retries: int | None = None

    def apply_to(self, base: UserPreferences) -> UserPreferences:
        """Return `base` with what was chosen in place of it."""
        return attrs.evolve(base, **self.chosen_values())

    def chosen_values(self) -> dict[str, Any]:
        """Return the choices that were made, by name."""
        return {name: value for name, value in attrs.asdict(self).items() if value is not None}


NO_CHOICES = PreferenceChoices()
"""Everything is left open."""

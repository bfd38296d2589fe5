"""Today's downloads whose records their requesters had deleted: they still count for the daily limit.

Otherwise a deletion would be a way to a new limit. They are held in memory only, until the day ends or the bot stops.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from boss_bot_core.access.profile import AccessProfile
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import UNCOUNTED


class ErasedUse:
    """Counts deleted downloads by requester, as the database counts the others."""

    def __init__(self) -> None:
        self._requests: dict[int, list[tuple[int, datetime]]] = {}

    def remember(self, items: Iterable[DownloadItem]) -> None:
        """Remember downloads that are deleted."""
        for item in items:
            if item.status not in UNCOUNTED:
                self._requests.setdefault(item.user_id, []).append((item.guild_id, item.created_at))

    def add_to(self, profile: AccessProfile) -> AccessProfile:
        """Return a profile with the user's deleted downloads of the day; those of earlier days are forgotten.

        If the guild has a daily number of its own, only the downloads in this guild count.
        """
        self._forget_before(profile.today.renews_at - timedelta(days=1))
        guilds = [guild_id for guild_id, _ in self._requests.get(profile.user.user_id, ())]
        own = profile.guild.daily_downloads_per_user is not None
        used = profile.today.used + (guilds.count(profile.guild.guild_id) if own else len(guilds))
        return attrs.evolve(profile, today=attrs.evolve(profile.today, used=used))

    def _forget_before(self, midnight: datetime) -> None:
        recent = {
            user_id: [request for request in requests if request[1] >= midnight]
            for user_id, requests in self._requests.items()
        }
        self._requests = {user_id: requests for user_id, requests in recent.items() if requests}

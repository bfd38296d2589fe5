"""Trying again: it fetches as a new request does, so it passes the same rules, and takes the place's limit of today."""

from collections.abc import Awaitable, Callable

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.bot.controls.actions import Actor
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.queue import ControlResult

GuildUploadLimit = Callable[[int], Awaitable[int]]
"""Tells the largest file that a server takes, in bytes, by the server's id."""


@attrs.frozen(kw_only=True)
class RetryService:
    """Lets downloads that failed or were cancelled wait again.

    Attributes:
        app: The open app.
        limit_in: Asked for the limit of the download's server, which a boost may have raised since.
    """

    app: App
    limit_in: GuildUploadLimit

    async def retry(self, item: DownloadItem, actor: Actor, *, is_owner: bool) -> ControlResult:
        """Try `item` again for `actor`.

        Raises:
            DownloadFailedError: They may not, by the rules of today.
            ValueError: The actor comes from where nobody can retry.
        """
        if actor.access is None:
            raise ValueError("a retry is a request, which needs to say who asks where")
        grant = await self.app.services.access.authorize(attrs.evolve(actor.access, is_owner=is_owner))
        limit_bytes = min(await self.limit_in(item.guild_id), grant.max_file_size_bytes)
        return await self.app.service.retry(item, limit_bytes)

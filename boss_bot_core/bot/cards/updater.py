"""Updates one tracked card: refreshes what is known of its download, and edits its message if the card has changed."""

from datetime import datetime

import attrs

from boss_bot_core.access import AccessService
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.queue_notices import with_queue_position
from boss_bot_core.bot.cards.renderer import CardRenderer, RenderedCard
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.update_rules import should_edit
from boss_bot_core.domain.messages import CardRecord
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES, UserPreferences
from boss_bot_core.domain.status import DownloadStatus


@attrs.define(kw_only=True)
class TrackedCard:
    """A card that is edited while its download changes.

    Attributes:
        record: Where the card is.
        data: What is known of the download.
        preferences: The requester's preferences.
        preferences_version: The version that `preferences` were read at; None when they have not been read yet.
        rendered: What the message shows; None when that is unknown, as after a restart.
        rendered_status: The download's status that the message shows.
        plain: Whether the card is rendered without an embed.
        first_estimate: When the download was first estimated to start, UTC.
        failures: Number of edits that failed in a row.
        is_end_untold: Whether the requester has yet to be told of an end that this process has seen.
        reactions: The bot's own reactions to the message.
    """

    record: CardRecord
    data: CardData
    preferences: UserPreferences = DEFAULT_PREFERENCES
    preferences_version: int | None = None
    rendered: RenderedCard | None = None
    rendered_status: DownloadStatus | None = None
    plain: bool = False
    first_estimate: datetime | None = None
    failures: int = 0
    is_end_untold: bool = False
    reactions: set[str] = attrs.field(factory=set)


async def refresh_preferences(card: TrackedCard, access: AccessService) -> None:
    """Read the requester's preferences if they have not been read yet, or if any preferences have changed since."""
    # The version is taken before the read: after a change meanwhile, the next call reads again.
    version = access.preferences_version
    if card.preferences_version != version:
        card.preferences = await access.preferences(card.data.item.user_id, card.data.item.guild_id)
        card.preferences_version = version


class CardUpdater:
    """Updates tracked cards.

    Args:
        repository: Reads what is stored about downloads.
        renderer: Renders cards.
        messages: Edits cards in Discord.
        access: Reads the requesters' preferences.
        clock: The time.
    """

    def __init__(
        self,
        repository: CardRepository,
        renderer: CardRenderer,
        messages: CardMessages,
        access: AccessService,
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._renderer = renderer
        self._messages = messages
        self._access = access
        self._clock = clock

    async def update(self, card: TrackedCard) -> EditResult | None:
        """Edit the card if it has something new to show; return None if no request was sent to Discord."""
        await self._refresh_data(card)
        status = card.data.item.status
        await refresh_preferences(card, self._access)
        level = card.preferences.notification_level
        if not (card.data.is_interrupted or should_edit(level, card.rendered_status, status)):
            return None
        rendered = self._renderer.render(card.data, card.preferences, plain=card.plain, language=card.record.language)
        if rendered == card.rendered:
            card.rendered_status = status
            return None
        result = await self._messages.edit(card.record.channel_id, card.record.message_id, rendered)
        if result is EditResult.DONE:
            card.rendered, card.rendered_status, card.failures = rendered, status, 0
        else:
            card.failures += 1
        return result

    async def _refresh_data(self, card: TrackedCard) -> None:
        # Events may arrive during the reads: only the fields that were read are replaced.
        found = await self.with_position(card.data, card.first_estimate)
        card.data = attrs.evolve(card.data, position=found.position, starts_at=found.starts_at, notice=found.notice)
        # A download that stopped waiting gets a new first estimate when it waits again.
        card.first_estimate = (card.first_estimate or found.starts_at) if found.position else None
        if card.data.item.status is DownloadStatus.COMPLETED and card.data.jump_url is None:
            found = await self._repository.with_files(card.data)
            card.data = attrs.evolve(
                card.data, files=found.files, skipped=found.skipped, jump_url=found.jump_url, is_reused=found.is_reused
            )

    async def with_position(self, data: CardData, first_estimate: datetime | None = None) -> CardData:
        """Return `data` with the download's current queue position, if it waits."""
        is_waiting = data.item.status is DownloadStatus.QUEUED
        position = await self._repository.position(data.item.id) if is_waiting else None
        return with_queue_position(data, position, self._clock.now(), first_estimate)

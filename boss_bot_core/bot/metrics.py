"""Counts of what has happened to the bot since it started; `$health` shows them."""

from datetime import datetime

import attrs

from boss_bot_core.domain.clock import utc_now


@attrs.define(kw_only=True)
class BotMetrics:
    """Counts of events.

    Attributes:
        started_at: When counting began, UTC.
        ready: New sessions with Discord.
        resumed: Sessions that continued after a lost connection.
        disconnected: Lost connections.
        guilds_joined: Guilds that invited the bot.
        guilds_left: Guilds that removed the bot.
        commands: Uses of commands.
        refused: Uses of commands that were refused with a reason.
        broken: Unexpected exceptions.
    """

    started_at: datetime = attrs.field(factory=utc_now)
    ready: int = 0
    resumed: int = 0
    disconnected: int = 0
    guilds_joined: int = 0
    guilds_left: int = 0
    commands: int = 0
    refused: int = 0
    broken: int = 0

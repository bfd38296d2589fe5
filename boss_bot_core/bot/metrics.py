"""What happened to the bot since it started, in numbers: `$health` shows them."""

from datetime import datetime

import attrs

from boss_bot_core.domain.clock import utc_now


@attrs.define(kw_only=True)
class BotMetrics:
    """Counts of events.

    Attributes:
        started_at: When counting began, UTC.
        ready: How often Discord sent a whole new session.
        resumed: How often a lost connection was taken up again.
        disconnected: How often the connection was lost.
        guilds_joined: Servers that invited the bot.
        guilds_left: Servers that removed it.
        commands: Commands that people used.
        refused: Commands that were answered with a reason why not.
        broken: Exceptions that nobody foresaw.
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

"""What people are refused, each with the next step.

The first two are the tree's own errors in another voice: that of a server's rules, not of a site.
"""

from boss_bot_core.errors import BossBotError, PermissionDeniedError, QuotaExceededError


class AccessDeniedError(PermissionDeniedError):
    """A server's rules keep this person, or everybody in this channel, from downloading."""

    advice = "A server admin can change that."


class DailyLimitError(QuotaExceededError):
    """The person has used up their downloads of the day."""

    advice = "A server admin, or the bot's owner, can allow more."


class SettingRefusedError(BossBotError):
    """There is no such setting, or it does not take such a value; the text says what it takes."""

"""The sentences of the cancel command: its choices, and the question before all downloads are cancelled."""

from datetime import datetime

from boss_bot_core.bot.texts.escape import clean
from boss_bot_core.bot.texts.units import pluralize, relative_timestamp
from boss_bot_core.domain.items import DownloadItem

CANCEL_ALL = "Cancel all"
KEEP_ALL = "Keep them"
NOTHING_CANCELLED = "Nothing was cancelled."

_CHOICE_LENGTH = 100
"""Characters that Discord accepts in a choice of an autocompletion."""


def cancel_all_question(count: int, ends_at: datetime) -> str:
    """Return the question before all downloads of a user are cancelled.

    Args:
        count: How many downloads would be cancelled.
        ends_at: When the buttons stop working, UTC. Discord does not tell users why a button does nothing any more.
    """
    return f"Cancel {pluralize(count, 'download')}? The question ends {relative_timestamp(ends_at)}."


def foreign_question(user_id: int) -> str:
    """Return the refusal to answer a question that another user was asked."""
    return f"Only <@{user_id}> can answer that."


def cancel_choice(item: DownloadItem) -> str:
    """Return how the autocompletion of the cancel command names a download."""
    return clean(f"#{item.short_id} · {item.status} · {item.title or item.url}", _CHOICE_LENGTH)


def cancel_all_choice(count: int) -> str:
    """Return how the autocompletion of the cancel command names all downloads of the user."""
    return f"All {count}"

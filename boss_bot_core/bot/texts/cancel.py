"""The sentences of the cancel command: its choices, and the question before all downloads are cancelled."""

from datetime import datetime

from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.cards import status_word
from boss_bot_core.bot.texts.escape import clean
from boss_bot_core.bot.texts.units import relative_timestamp
from boss_bot_core.domain.items import DownloadItem

CANCEL_ALL = LazyText("Cancel all")
KEEP_ALL = LazyText("Keep them")
NOTHING_CANCELLED = LazyText("Nothing was cancelled.")

_CHOICE_LENGTH = 100
"""Characters that Discord accepts in a choice of an autocompletion."""


def cancel_all_question(count: int, ends_at: datetime) -> str:
    """Return the question before all downloads of a user are cancelled.

    Args:
        count: How many downloads would be cancelled.
        ends_at: When the buttons stop working, UTC. Discord does not tell users why a button does nothing any more.
    """
    question = ngettext(
        "Cancel {count} download? The question ends {when}.",
        "Cancel {count} downloads? The question ends {when}.",
        count,
    )
    return question.format(count=count, when=relative_timestamp(ends_at))


def foreign_question(user_id: int) -> str:
    """Return the refusal to answer a question that another user was asked."""
    return _("Only {user} can answer that.").format(user=f"<@{user_id}>")


def cancel_choice(item: DownloadItem) -> str:
    """Return how the autocompletion of the cancel command names a download."""
    return clean(f"#{item.short_id} · {status_word(item.status)} · {item.title or item.url}", _CHOICE_LENGTH)


def cancel_all_choice(count: int) -> str:
    """Return how the autocompletion of the cancel command names all downloads of the user."""
    return ngettext("All {count}", "All {count}", count).format(count=count)

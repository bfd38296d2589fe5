"""The direct messages about downloads whose card cannot show how they ended."""

from collections.abc import Sequence
from datetime import datetime

from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.texts.cards import HEADINGS
from boss_bot_core.bot.texts.escape import escape_title, truncate_message
from boss_bot_core.bot.texts.failures import failure_text
from boss_bot_core.bot.texts.locale_format import and_more
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import format_host
from boss_bot_core.domain.status import DownloadStatus

CHANNEL_GONE = LazyText("the channel is gone")
BOT_REMOVED = LazyText("I was removed from the server")

_LISTED = 10


def failed(item: DownloadItem, now: datetime, prefix: str) -> str:
    """Return the message about one failed download: which, where, the cause, and the next step."""
    heading = f"{HEADINGS[DownloadStatus.FAILED]} · {_name(item)} · <#{item.destination.target}>"
    return truncate_message(f"{heading}\n{failure_text(item, now, prefix)}")


def stopped(items: Sequence[DownloadItem], reason: LazyText) -> str:
    """Return the message about downloads that ended because the place they were for is gone.

    Args:
        items: The downloads of one requester, at least one.
        reason: What happened to the place.
    """
    sentence = ngettext(
        "⏹ I stopped {count} download of yours: {reason}. Ask again in another channel.",
        "⏹ I stopped {count} downloads of yours: {reason}. Ask again in another channel.",
        len(items),
    )
    lines = [sentence.format(count=len(items), reason=reason)]
    lines += [f"• {_name(item)}" for item in items[:_LISTED]]
    more = len(items) - _LISTED
    return "\n".join([*lines, *([f"• {and_more(more)}"] if more > 0 else [])])


def _name(item: DownloadItem) -> str:
    return f"{escape_title(format_host(item.url))} · #{item.short_id}"

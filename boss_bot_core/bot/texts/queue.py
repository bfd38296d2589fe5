"""The text of `$dlq`, in the form that the PRD gives it.

Every user sees the whole queue, but the title of a download is shown in its own guild only.
"""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import attrs

from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts import cards, units
from boss_bot_core.bot.texts.escape import escape_code
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import DownloadStatus

PAGE_SIZE = 10
_BAR_WIDTH = 8
_NAME_LENGTH = 40
_WAITING = LazyText("waiting")


@attrs.frozen(kw_only=True)
class Viewer:
    """The user who looks at the queue.

    Attributes:
        user_id: Discord's id of the user.
        guild_id: The guild in which the answer is shown, or `LOCAL_ID` in direct messages.
        can_see_adult: Whether adult titles may be shown there.
    """

    user_id: int
    guild_id: int
    can_see_adult: bool = False

    def can_read(self, item: DownloadItem) -> bool:
        """Return whether the answer may name `item`; every user in the channel reads the answer."""
        is_own = item.user_id == self.user_id or (self.guild_id != LOCAL_ID and item.guild_id == self.guild_id)
        return is_own and (self.can_see_adult or not item.adult) and not item.options.spoiler


def queue_text(
    items: Sequence[DownloadItem],
    viewer: Viewer,
    prefix: str = "$",
    *,
    page: int = 1,
    position: QueuePosition | None = None,
) -> str:
    """Return a page of the queue.

    Args:
        items: All running, waiting and paused downloads, in order.
        viewer: The user who looks.
        prefix: The prefix of typed commands.
        page: The page, from 1; a page that does not exist shows the nearest one.
        position: The position of the viewer's next waiting download, if there is one.
    """
    if not items:
        sentence = _("The queue is empty. {command} with a link puts something into it.")
        return sentence.format(command=f"`{prefix}dl`")
    pages = -(-len(items) // PAGE_SIZE)
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    shown = enumerate(items[first : first + PAGE_SIZE], start=first + 1)
    lines = [_("Current Queue Status:"), *(_line(number, item, viewer) for number, item in shown)]
    if pages > 1:
        lines.append(_("Page {page} of {pages}").format(page=page, pages=pages))
    return "\n".join(["```", *lines, "```", *_position_lines(items, viewer, position)])


def _position_lines(items: Sequence[DownloadItem], viewer: Viewer, position: QueuePosition | None) -> list[str]:
    if position is not None:
        wait = (
            str(units.NOT_KNOWN)
            if position.estimated_wait_s is None
            else units.format_rough_duration(position.estimated_wait_s)
        )
        reason = [str(cards.NEEDS_ROOM)] if position.needs_room else []
        own = _("Your position: {number}").format(number=position.position)
        return [own, _("Estimated wait: {wait}").format(wait=wait), *reason]
    if any(item.user_id == viewer.user_id and item.is_running for item in items):
        return [_("Yours is under way.")]
    return []


def _line(number: int, item: DownloadItem, viewer: Viewer) -> str:
    own = "*" if item.user_id == viewer.user_id else ""
    name = f"{_name(item)} #{item.short_id}{own}" if viewer.can_read(item) else _("(not shown here)")
    return f"{number}. {name} {_state(item)}"


def _state(item: DownloadItem) -> str:
    if item.status is DownloadStatus.DOWNLOADING and item.progress:
        return f"{units.progress_bar(item.progress, width=_BAR_WIDTH)} {units.format_percent(item.progress)}"
    word = str(_WAITING) if item.status is DownloadStatus.QUEUED else cards.status_word(item.status)
    return f"[{word.upper()}]"


def _name(item: DownloadItem) -> str:
    parts = urlsplit(item.url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return escape_code(item.title or last or parts.hostname or "?", _NAME_LENGTH)

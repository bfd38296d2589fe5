"""Who may do what to whose download: pure."""

import attrs

from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.people import AccessRequest


@attrs.frozen(kw_only=True)
class Actor:
    """Somebody who wants something done.

    Attributes:
        user_id: Discord's id.
        guild_id: Where they are, or `LOCAL_ID` in direct messages.
        may_manage_messages: Whether they may manage messages there.
        access: The request that a retry is, by the server's rules; None where nobody can retry.
    """

    user_id: int
    guild_id: int
    may_manage_messages: bool = False
    access: AccessRequest | None = None


def may_act(action: ControlAction, item: DownloadItem, actor: Actor, *, is_owner: bool) -> bool:
    """Tell whether `actor` may do `action` to `item`; a moderator's word counts in their own server only."""
    if is_owner or actor.user_id == item.user_id:
        return True
    # Direct messages are nobody else's, and have no moderators.
    if actor.guild_id != item.guild_id or item.guild_id == LOCAL_ID:
        return False
    # Looking changes nothing, and who can press the button sees the card.
    return action is ControlAction.DETAILS or actor.may_manage_messages

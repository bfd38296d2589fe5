"""The buttons of cards. Their custom ids say everything, so that they work after a restart.

There is one class for all of them, and every edit gets a fresh view: discord.py unregisters the class, and with it the
buttons of all other cards, when a sent view is used again, or when one that also holds other controls times out.
"""

import re
from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

import discord

from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.views.respond import respond_to_press

_STYLES = {
    ControlAction.CANCEL: discord.ButtonStyle.danger,
    ControlAction.DELETE: discord.ButtonStyle.danger,
    ControlAction.RESUME: discord.ButtonStyle.success,
    ControlAction.RETRY: discord.ButtonStyle.primary,
}

Button = discord.ui.Button[discord.ui.View]


class CardButton(discord.ui.DynamicItem[Button], template=r"bb:j:(?P<job>[0-9a-f]{32}):(?P<action>[a-z]+)"):
    """A button that does something to one download.

    Attributes:
        job_id: The download.
        action: What it does, as a button that was sent by another version of this program may say.
    """

    def __init__(self, job_id: UUID, action: str) -> None:
        known = ControlAction(action) if action in set(ControlAction) else None
        super().__init__(
            discord.ui.Button(
                label=known.label if known else action.title(),
                emoji=known.emoji if known else None,
                style=_STYLES.get(known, discord.ButtonStyle.secondary) if known else discord.ButtonStyle.secondary,
                custom_id=f"bb:j:{job_id.hex}:{action}",
            )
        )
        self.job_id = job_id
        self.action = known

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        return cls(UUID(match["job"]), match["action"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, and say so to who pressed it."""
        await respond_to_press(interaction, self.action, self.job_id)


def card_view(item_id: UUID, actions: Iterable[ControlAction], jump_url: str | None = None) -> discord.ui.View:
    """Return a fresh view with a button for each action, and one that leads to `jump_url`."""
    view = discord.ui.View(timeout=None)
    if jump_url is not None:
        # A link is no control: Discord follows it without asking the bot, and discord.py does not register it.
        view.add_item(discord.ui.Button(label="Jump to files", url=jump_url))
    for action in actions:
        view.add_item(CardButton(item_id, action))
    return view

"""The buttons of cards. Their custom ids hold download and action, so that they work after a restart.

All of them have one class, and every edit of a card gets a new view: discord.py unregisters the class, and with it the
buttons of all other cards, when a sent view is used again or when a view that also holds other controls times out.
"""

import re
from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

import discord

from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.bot.language import set_language
from boss_bot_core.bot.texts.controls import JUMP_TO_FILES
from boss_bot_core.bot.views.respond import respond_to_press

_STYLES = {
    ControlAction.CANCEL: discord.ButtonStyle.danger,
    ControlAction.DELETE: discord.ButtonStyle.danger,
    ControlAction.RESUME: discord.ButtonStyle.success,
    ControlAction.RETRY: discord.ButtonStyle.primary,
}

Button = discord.ui.Button[discord.ui.View]


class CardButton(discord.ui.DynamicItem[Button], template=r"bb:j:(?P<job>[0-9a-f]{32}):(?P<action>[a-z]+)"):
    """A button that performs an action on one download.

    Attributes:
        item_id: The download.
        action: The action, or None when another version of this program sent the button and this one does not know it.
    """

    def __init__(self, item_id: UUID, action: str) -> None:
        known = ControlAction(action) if action in set(ControlAction) else None
        super().__init__(
            discord.ui.Button(
                label=known.label if known else action.title(),
                emoji=known.emoji if known else None,
                style=_STYLES.get(known, discord.ButtonStyle.secondary) if known else discord.ButtonStyle.secondary,
                custom_id=f"bb:j:{item_id.hex}:{action}",
            )
        )
        self.item_id = item_id
        self.action = known

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button with this custom id."""
        return cls(UUID(match["job"]), match["action"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Perform the action and answer the user who pressed the button."""
        set_language(interaction.client.languages.for_interaction(interaction))
        await respond_to_press(interaction, self.action, self.item_id)


def card_view(item_id: UUID, actions: Iterable[ControlAction], jump_url: str | None = None) -> discord.ui.View:
    """Return a new view with a button for each action, and a link to `jump_url` when there is one."""
    view = discord.ui.View(timeout=None)
    if jump_url is not None:
        # Discord follows a link without asking the bot, and discord.py does not register such a button.
        view.add_item(discord.ui.Button(label=str(JUMP_TO_FILES), url=jump_url))
    for action in actions:
        view.add_item(CardButton(item_id, action))
    return view

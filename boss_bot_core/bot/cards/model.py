"""What a card says, before it is drawn."""

from enum import IntEnum
from uuid import UUID

import attrs

from boss_bot_core.bot.controls.actions import ControlAction


class Colour(IntEnum):
    """The stripe beside the card, as 0xRRGGBB."""

    WAITING = 0x95A5A6
    RUNNING = 0x3498DB
    PAUSED = 0xF1C40F
    RETRYING = 0xE67E22
    DONE = 0x2ECC71
    FAILED = 0xE74C3C


@attrs.frozen(kw_only=True)
class CardModel:
    """A card; all texts are harmless already.

    Attributes:
        item_id: The download.
        colour: The stripe.
        heading: State, site and count.
        title: What the post is called.
        block: Lines that are set in one width: the progress.
        lines: Further lines.
        footer: Id and requester.
        buttons: What is offered.
        jump_url: Where the files are in Discord.
    """

    item_id: UUID
    colour: Colour
    heading: str
    title: str | None = None
    block: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    footer: str
    buttons: tuple[ControlAction, ...] = ()
    jump_url: str | None = None

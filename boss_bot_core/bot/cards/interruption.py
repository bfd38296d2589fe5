"""The interruption of running downloads by the end of the bot, as their cards show it.

Without it, a card would show "Downloading" until the next start. That start tracks the card again and renders it anew.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

import attrs
from loguru import logger

from boss_bot_core.bot.cards.updater import CardUpdater, TrackedCard
from boss_bot_core.domain.preferences import NotificationPreference
from boss_bot_core.domain.status import RUNNING

INTERRUPTION_TIMEOUT_S = 3.0
"""How long the end of the bot waits for these edits: container platforms kill it a few seconds after SIGTERM."""


async def show_interruption(cards: Iterable[TrackedCard], updater: CardUpdater) -> None:
    """Edit every card that shows a running download; no other task may edit cards meanwhile.

    Discord may be slow or out of reach: an edit that does not succeed in time is not sent again.
    """
    running = [card for card in cards if card.data.item.status in RUNNING and _may_show_it(card)]
    with suppress(TimeoutError):
        async with asyncio.timeout(INTERRUPTION_TIMEOUT_S):
            await asyncio.gather(*(_show_on(card, updater) for card in running))


def _may_show_it(card: TrackedCard) -> bool:
    # A card that shows an earlier status counts: an edit that the end of the bot has cancelled may have arrived.
    level, shown = card.preferences.notification_level, card.rendered_status
    return level is not NotificationPreference.NONE or shown is None or shown in RUNNING


async def _show_on(card: TrackedCard, updater: CardUpdater) -> None:
    card.data = attrs.evolve(card.data, is_interrupted=True)
    try:
        await updater.update(card)
    except Exception:  # noqa: BLE001 - an error with one card must not keep the others from their edit
        logger.exception(f"The card of {card.data.item.short_id} does not show that the bot stops.")

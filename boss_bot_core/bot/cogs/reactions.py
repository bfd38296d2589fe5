"""Reactions on cards that do the same as the buttons, also on cards from before a restart."""

from contextlib import suppress
from typing import Any

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.bot.api.messages import reply_or_send
from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.context.invoker import NO_PERMISSIONS, Invoker, read_invoker
from boss_bot_core.bot.controls.actions import action_from_emoji
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.texts.controls import ControlReply
from boss_bot_core.database import Database
from boss_bot_core.domain.messages import CardRecord

REPLY_LIFETIME_S = 30.0
"""Seconds after which an answer is deleted: an answer to a reaction cannot be ephemeral."""


class ReactionsCog(commands.Cog):
    """Listens to raw events, because the cards may be older than this process.

    Args:
        client: The bot.
        database: Holds which message is the card of which download.
        controls: Performs the actions.
    """

    def __init__(self, client: discord.Client, database: Database, controls: ControlService) -> None:
        self._client = client
        self._database = database
        self._controls = controls

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Perform the action that a reaction on a card stands for; ignore every other reaction."""
        action = action_from_emoji(str(payload.emoji))
        is_own = self._client.user is not None and payload.user_id == self._client.user.id
        if action is None or is_own or (payload.member is not None and payload.member.bot):
            return
        card = await self._find_card(payload)
        if card is not None:
            reply = await self._controls.perform(action, card.item_id, self._read_invoker(payload))
            await self._send_reply(card, reply)

    async def _find_card(self, payload: discord.RawReactionActionEvent) -> CardRecord | None:
        try:
            async with self._database.connect() as tx:
                return await tx.cards.find_by_message(payload.channel_id, payload.message_id)
        except Exception:  # noqa: BLE001 - a locked database must not end in discord.py's error handler
            logger.exception("A reaction could not be looked up.")
            return None

    def _read_invoker(self, payload: discord.RawReactionActionEvent) -> Invoker:
        channel: Any = self._client.get_channel(payload.channel_id)
        permissions = NO_PERMISSIONS
        # The permissions in a thread whose channel is unknown cannot be computed: then the user has none.
        with suppress(discord.ClientException):
            if payload.member is not None and channel is not None:
                permissions = channel.permissions_for(payload.member)
        user = payload.member or discord.Object(payload.user_id)
        return read_invoker(user, permissions, channel=channel, guild_id=payload.guild_id)

    async def _send_reply(self, card: CardRecord, reply: ControlReply) -> None:
        message = self._client.get_partial_messageable(card.channel_id).get_partial_message(card.message_id)
        try:
            silent = discord.AllowedMentions.none()
            await reply_or_send(message, reply.text, allowed_mentions=silent, delete_after_s=REPLY_LIFETIME_S)
        except (discord.DiscordException, *CONNECTION_ERRORS) as error:
            logger.bind(action="reaction").debug(f"A reaction's answer was lost: {type(error).__name__}.")

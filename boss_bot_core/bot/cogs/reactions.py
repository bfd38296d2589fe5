"""Reactions on cards that do what the buttons do, also on cards from before a restart."""

from contextlib import suppress
from typing import Any

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.app.app import App
from boss_bot_core.bot.api.messages import reply_or_send
from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.context.access import build_actor
from boss_bot_core.bot.controls.actions import Actor, action_from_emoji
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.texts.controls import ControlReply
from boss_bot_core.domain.messages import CardRecord

SHOWN_S = 30.0
"""How long an answer stands, seconds: a reaction cannot be answered for one person alone."""


class ReactionsCog(commands.Cog):
    """Listens to raw events: the cards may be older than this process.

    Args:
        client: The bot.
        app: The open app.
        controls: Does what is asked.
    """

    def __init__(self, client: discord.Client, app: App, controls: ControlService) -> None:
        self._client = client
        self._app = app
        self._controls = controls

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Do what a reaction on a card asks for; every other reaction is none of our business."""
        action = action_from_emoji(str(payload.emoji))
        is_ours = self._client.user is not None and payload.user_id == self._client.user.id
        if action is None or is_ours or (payload.member is not None and payload.member.bot):
            return
        card = await self._card(payload)
        if card is not None:
            reply = await self._controls.perform(action, card.item_id, self._actor(payload))
            await self._say(card, reply)

    async def _card(self, payload: discord.RawReactionActionEvent) -> CardRecord | None:
        try:
            async with self._app.services.database.connect() as tx:
                return await tx.cards.find_by_message(payload.channel_id, payload.message_id)
        except Exception:  # noqa: BLE001 - a locked database must not end in discord.py's error handler
            logger.exception("A reaction could not be looked up.")
            return None

    def _actor(self, payload: discord.RawReactionActionEvent) -> Actor:
        channel: Any = self._client.get_channel(payload.channel_id)
        permissions = discord.Permissions.none()
        # A thread whose channel is unknown cannot tell; then they have no rights but their own.
        with suppress(discord.ClientException):
            if payload.member is not None and channel is not None:
                permissions = channel.permissions_for(payload.member)
        user = payload.member or discord.Object(payload.user_id)
        return build_actor(channel, user, permissions, payload.guild_id)

    async def _say(self, card: CardRecord, reply: ControlReply) -> None:
        message = self._client.get_partial_messageable(card.channel_id).get_partial_message(card.message_id)
        try:
            silent = discord.AllowedMentions.none()
            await reply_or_send(message, reply.text, allowed_mentions=silent, delete_after_s=SHOWN_S)
        except (discord.DiscordException, *CONNECTION_ERRORS) as error:
            logger.bind(action="reaction").debug(f"A reaction's answer was lost: {type(error).__name__}.")

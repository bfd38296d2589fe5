"""Reactions on cards that do the same as the buttons, also on cards from before a restart."""

import discord
from discord.ext import commands
from loguru import logger

from boss_bot_core.bot.api.messages import reply_or_send
from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.context.invoker import Invoker, read_invoker
from boss_bot_core.bot.context.place import Place, find_place, read_permissions
from boss_bot_core.bot.controls.actions import action_from_emoji
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.language import use_language
from boss_bot_core.bot.language_choice import LanguageChoice
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
        languages: Chooses the language of the answers, which everyone in the channel sees.
    """

    def __init__(
        self, client: discord.Client, database: Database, controls: ControlService, languages: LanguageChoice
    ) -> None:
        self._client = client
        self._database = database
        self._controls = controls
        self._languages = languages

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Perform the action that a reaction on a card stands for; ignore every other reaction."""
        action = action_from_emoji(str(payload.emoji))
        is_own = self._client.user is not None and payload.user_id == self._client.user.id
        if action is None or is_own or (payload.member is not None and payload.member.bot):
            return
        card = await self._find_card(payload)
        if card is not None:
            invoker = await self._read_invoker(payload)
            with use_language(self._languages.for_place(invoker.guild_id, invoker.user_id)):
                reply = await self._controls.perform(action, card.item_id, invoker)
                await self._send_reply(card, reply)

    async def _find_card(self, payload: discord.RawReactionActionEvent) -> CardRecord | None:
        try:
            async with self._database.connect() as tx:
                return await tx.cards.find_by_message(payload.channel_id, payload.message_id)
        except Exception:  # noqa: BLE001 - a locked database must not end in discord.py's error handler
            logger.exception("A reaction could not be looked up.")
            return None

    async def _read_invoker(self, payload: discord.RawReactionActionEvent) -> Invoker:
        channel_id, guild_id = payload.channel_id, payload.guild_id
        known = self._client.get_channel(channel_id)
        channel = known or self._client.get_partial_messageable(channel_id, guild_id=guild_id)
        place = await find_place(self._client, Place(channel, payload.member or discord.Object(payload.user_id)))
        permissions = read_permissions(place.channel, place.user)
        return read_invoker(place.user, permissions, channel=place.channel, guild_id=guild_id)

    async def _send_reply(self, card: CardRecord, reply: ControlReply) -> None:
        message = self._client.get_partial_messageable(card.channel_id).get_partial_message(card.message_id)
        try:
            silent = discord.AllowedMentions.none()
            await reply_or_send(message, reply.text, allowed_mentions=silent, delete_after_s=REPLY_LIFETIME_S)
        except (discord.DiscordException, *CONNECTION_ERRORS) as error:
            logger.bind(action="reaction").debug(f"A reaction's answer was lost: {type(error).__name__}.")

"""`$dls` and `/dls`: settings of the user, of the server for its managers, and of other users for the bot's owner."""

from typing import Any

import attrs
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.access import AccessService, compute_grant
from boss_bot_core.bot.cogs._autocomplete import Choices, matching_choices
from boss_bot_core.bot.cogs._command_help import describe_options, help_extras, to_locale_str
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.context.invoker import IsOwner
from boss_bot_core.bot.texts import commands as command_texts
from boss_bot_core.bot.texts import settings as settings_texts
from boss_bot_core.bot.texts.command_help import ALL_SETTINGS, SERVER, SETTINGS
from boss_bot_core.bot.texts.guild_settings import guild_settings_text
from boss_bot_core.chat_settings.catalog import SettingsCatalog
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.chat_settings.setting import Scope, Setting
from boss_bot_core.domain.items import LOCAL_ID


class SettingsCog(commands.Cog, name="Settings"):
    """The settings command; the chat settings themselves know what they accept.

    Args:
        contexts: Builds the context of a command.
        access: Reads what applies to a user.
        chat_settings: Changes settings.
        is_owner: Tells the bot's owner from others.
        max_attempts: How often the bot tries a download at most, whatever the user chose.
    """

    def __init__(
        self,
        contexts: ContextFactory,
        access: AccessService,
        chat_settings: ChatSettingsService,
        is_owner: IsOwner,
        max_attempts: int,
    ) -> None:
        self._contexts = contexts
        self._access = access
        self._chat_settings = chat_settings
        self._is_owner = is_owner
        self._max_attempts = max_attempts
        self._catalog = SettingsCatalog()

    @commands.command(name="dls", extras=help_extras(SETTINGS))
    async def typed(self, ctx: commands.Context[Any], *, text: str = "") -> None:
        """Answer `$dls`."""
        key, _, value = text.strip().partition(" ")
        await self._answer(await self._contexts.from_message(ctx), key, value.strip())

    @app_commands.command(name="dls", description=to_locale_str(SETTINGS.slash_summary))
    @describe_options(SETTINGS)
    async def slash(self, interaction: discord.Interaction[Any], setting: str = "", value: str = "") -> None:
        """Answer `/dls`."""
        context = await self._contexts.from_interaction(interaction, ephemeral=True)
        await self._answer(context, setting.strip(), value.strip())

    @slash.autocomplete("setting")
    async def _complete_name(self, interaction: discord.Interaction[Any], current: str) -> Choices:
        manages = interaction.guild_id is not None and interaction.permissions.manage_guild
        names = [setting.name for setting in self._catalog.user]
        names += [setting.name for setting in self._catalog.guild if manages]
        return matching_choices((*names, SERVER, ALL_SETTINGS), current)

    @slash.autocomplete("value")
    async def _complete_value(self, interaction: discord.Interaction[Any], current: str) -> Choices:
        typed = str(interaction.namespace.setting or "")
        settings: tuple[Setting[Any], ...] = (*self._catalog.user, *self._catalog.guild)
        choices = next((setting.choices for setting in settings if setting.name == typed), ())
        return matching_choices(choices, current)

    async def _answer(self, context: CommandContext, key: str, value: str) -> None:
        invoker = context.invoker
        if not key:
            text = await self._own_text(context)
        elif key.lower() == ALL_SETTINGS:
            is_owner = await self._is_owner(invoker.user_id)
            text = settings_texts.all_settings_text(
                self._catalog, can_manage_guild=invoker.can_manage_guild, is_owner=is_owner
            )
        elif key.lower() == SERVER and not value:
            invoker.require_manage_guild()
            profile = await self._access.profile(invoker.user_id, invoker.guild_id)
            text = guild_settings_text(profile.guild)
        elif not value:
            text = settings_texts.setting_help(self._catalog.find(key), context.prefix)
        else:
            text = await self._change(context, self._catalog.find(key), value)
        await context.reply(text)

    async def _change(self, context: CommandContext, setting: Setting[Any], value: str) -> str:
        invoker, changed = context.invoker, command_texts.setting_changed(setting.name)
        if setting.scope.is_owners and not await self._is_owner(invoker.user_id):
            raise commands.NotOwner
        if setting.scope is Scope.USER:
            await self._chat_settings.change_user_setting(invoker.user_id, setting.name, value, invoker.guild_id)
            return f"{changed}\n{await self._own_text(context)}"
        if setting.scope is Scope.OWNER:
            user = await self._chat_settings.change_owner_setting(setting.name, value)
            return command_texts.setting_changed(setting.name, user.user_id)
        if setting.scope is Scope.GUILD or invoker.guild_id == LOCAL_ID:
            invoker.require_manage_guild()
        guild = await self._chat_settings.change_guild_setting(invoker.guild_id, setting.name, value)
        return f"{changed}\n{guild_settings_text(guild)}"

    async def _own_text(self, context: CommandContext) -> str:
        invoker = context.invoker
        profile = await self._access.profile(invoker.user_id, invoker.guild_id)
        request = invoker.to_access_request(is_owner=await self._is_owner(invoker.user_id))
        grant = compute_grant(request, profile)
        limit_bytes = min(grant.max_file_size_bytes, context.channel.upload_limit_bytes)
        grant = attrs.evolve(grant, max_file_size_bytes=limit_bytes)
        return settings_texts.user_settings_text(profile, grant, self._max_attempts, context.prefix)

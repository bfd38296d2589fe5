"""`$dls` and `/dls`: everybody's own settings, a server's for those who manage it, people's for the bot's owner."""

from typing import Any

import attrs
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.access import AccessService, compute_grant
from boss_bot_core.bot.cogs._autocomplete import matching_choices
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.access import build_access_request, require_manager
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.help.command_help import build_help_extras
from boss_bot_core.bot.submission import Owns
from boss_bot_core.bot.texts.errors import with_prefix
from boss_bot_core.bot.texts.settings import all_settings_text, guild_settings_text, setting_help, user_settings_text
from boss_bot_core.chat_settings.catalog import SettingsCatalog
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.chat_settings.setting import Scope, Setting

SERVER, HELP = "server", "help"


class SettingsCog(commands.Cog, name="Settings"):
    """Shows and changes settings; what they take is the people's business."""

    def __init__(
        self,
        contexts: ContextFactory,
        access: AccessService,
        chat_settings: ChatSettingsService,
        owns: Owns,
        prefix: str,
        most_attempts: int,
    ) -> None:
        self._contexts = contexts
        self._access = access
        self._chat_settings = chat_settings
        self._is_owner = owns
        self._prefix = prefix
        self._most_attempts = most_attempts
        self._known = SettingsCatalog()

    @commands.command(
        name="dls",
        help="Show settings",
        usage="[setting] [value]",
        extras=build_help_extras(
            examples=("", "notifications verbose", "mention off", SERVER),
            notes=(
                "dls help lists every setting; dls <setting> explains one",
                "The server's settings need the permission Manage Server",
            ),
        ),
    )
    async def typed(self, ctx: commands.Context[Any], *, text: str = "") -> None:
        """Answer `$dls`."""
        key, _, value = text.strip().partition(" ")
        await self._answer(await self._contexts.from_message(ctx), key, value.strip())

    @app_commands.command(name="dls")
    @app_commands.describe(setting="Which setting; nothing shows yours", value="What it becomes")
    async def slash(self, interaction: discord.Interaction[Any], setting: str = "", value: str = "") -> None:
        """Show or change settings: notifications, priority, mentions, retries, and the server's."""
        context = await self._contexts.from_interaction(interaction, ephemeral=True)
        await self._answer(context, setting.strip(), value.strip())

    @slash.autocomplete("setting")
    async def _names(self, interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        manages = interaction.guild_id is not None and interaction.permissions.manage_guild
        names = [setting.name for setting in self._known.user]
        names += [setting.name for setting in self._known.guild if manages]
        return matching_choices((*names, SERVER, HELP), current)

    @slash.autocomplete("value")
    async def _values(self, interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        typed = str(interaction.namespace.setting or "")
        settings: tuple[Setting[Any], ...] = (*self._known.user, *self._known.guild)
        choices = next((setting.choices for setting in settings if setting.name == typed), ())
        return matching_choices(choices, current)

    async def _answer(self, context: CommandContext, key: str, value: str) -> None:
        if not key:
            text = await self._own_text(context)
        elif key.lower() == HELP:
            is_owner = await self._is_owner(context.invoker.user_id)
            text = all_settings_text(self._known, manages_server=context.invoker.may_manage_server, is_owner=is_owner)
        elif key.lower() == SERVER and not value:
            require_manager(context)
            profile = await self._access.profile(context.invoker.user_id, context.channel.guild_id)
            text = guild_settings_text(profile.guild)
        elif not value:
            text = setting_help(self._known.find(key))
        else:
            text = await self._change(context, self._known.find(key), value)
        await context.reply(with_prefix(text, self._prefix))

    async def _change(self, context: CommandContext, setting: Setting[Any], value: str) -> str:
        guild_id = context.channel.guild_id
        if setting.scope is Scope.USER:
            await self._chat_settings.change_user_setting(context.invoker.user_id, setting.name, value, guild_id)
            return f"✅ `{setting.name}` is changed.\n{await self._own_text(context)}"
        if setting.scope is Scope.GUILD:
            require_manager(context)
            guild = await self._chat_settings.change_guild_setting(guild_id, setting.name, value)
            return f"✅ `{setting.name}` is changed.\n{guild_settings_text(guild)}"
        if not await self._is_owner(context.invoker.user_id):
            raise commands.NotOwner
        person = await self._chat_settings.change_owner_setting(setting.name, value)
        return f"✅ `{setting.name}` is changed for <@{person.user_id}>."

    async def _own_text(self, context: CommandContext) -> str:
        profile = await self._access.profile(context.invoker.user_id, context.channel.guild_id)
        request = build_access_request(context, is_owner=await self._is_owner(context.invoker.user_id))
        grant = compute_grant(request, profile)
        fits_bytes = min(grant.max_file_size_bytes, context.channel.upload_limit_bytes)
        return user_settings_text(profile, attrs.evolve(grant, max_file_size_bytes=fits_bytes), self._most_attempts)

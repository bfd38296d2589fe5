"""`$dls` and `/dls`: everybody's own settings, a server's for those who manage it, people's for the bot's owner."""

from typing import Any

import attrs
import discord
from discord import app_commands
from discord.ext import commands

from boss_bot_core.access import People, permit_of
from boss_bot_core.bot.cogs._autocomplete import matching_choices
from boss_bot_core.bot.context import Call
from boss_bot_core.bot.context.access import access_request, check_manager
from boss_bot_core.bot.context.factory import Reception
from boss_bot_core.bot.help.command_help import about
from boss_bot_core.bot.submission import Owns
from boss_bot_core.bot.texts.errors import with_prefix
from boss_bot_core.bot.texts.settings import every_setting, explained, own_text, server_text
from boss_bot_core.chat_settings.catalog import SettingsHelp
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.chat_settings.setting import Scope, Setting

SERVER, HELP = "server", "help"


class SettingsCog(commands.Cog, name="Settings"):
    """Shows and changes settings; what they take is the people's business."""

    def __init__(
        self,
        reception: Reception,
        people: People,
        chat_settings: ChatSettingsService,
        owns: Owns,
        prefix: str,
        most_attempts: int,
    ) -> None:
        self._reception = reception
        self._people = people
        self._chat_settings = chat_settings
        self._owns = owns
        self._prefix = prefix
        self._most_attempts = most_attempts
        self._known = SettingsHelp()

    @commands.command(
        name="dls",
        help="Show settings",
        usage="[setting] [value]",
        extras=about(
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
        await self._answer(await self._reception.of_message(ctx), key, value.strip())

    @app_commands.command(name="dls")
    @app_commands.describe(setting="Which setting; nothing shows yours", value="What it becomes")
    async def slash(self, interaction: discord.Interaction[Any], setting: str = "", value: str = "") -> None:
        """Show or change settings: notifications, priority, mentions, retries, and the server's."""
        call = await self._reception.of_interaction(interaction, ephemeral=True)
        await self._answer(call, setting.strip(), value.strip())

    @slash.autocomplete("setting")
    async def _offer(self, interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        manages = interaction.guild_id is not None and interaction.permissions.manage_guild
        names = [setting.name for setting in self._known.own]
        names += [setting.name for setting in self._known.server if manages]
        return matching_choices((*names, SERVER, HELP), current)

    @slash.autocomplete("value")
    async def _offer_values(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        typed = str(interaction.namespace.setting or "")
        everything: tuple[Setting[Any], ...] = (*self._known.own, *self._known.server)
        choices = next((setting.choices for setting in everything if setting.name == typed), ())
        return matching_choices(choices, current)

    async def _answer(self, call: Call, key: str, value: str) -> None:
        if not key:
            text = await self._own_text(call)
        elif key.lower() == HELP:
            is_owner = await self._owns(call.person.user_id)
            text = every_setting(self._known, manages_server=call.person.may_manage_server, is_owner=is_owner)
        elif key.lower() == SERVER and not value:
            check_manager(call)
            text = server_text((await self._people.standing(call.person.user_id, call.place.guild_id)).guild)
        elif not value:
            text = explained(self._known.find(key))
        else:
            text = await self._change(call, self._known.find(key), value)
        await call.say(with_prefix(text, self._prefix))

    async def _change(self, call: Call, setting: Setting[Any], value: str) -> str:
        guild_id = call.place.guild_id
        if setting.scope is Scope.OWN:
            await self._chat_settings.change_own(call.person.user_id, setting.name, value, guild_id)
            return f"✅ `{setting.name}` is changed.\n{await self._own_text(call)}"
        if setting.scope is Scope.SERVER:
            check_manager(call)
            guild = await self._chat_settings.change_guild(guild_id, setting.name, value)
            return f"✅ `{setting.name}` is changed.\n{server_text(guild)}"
        if not await self._owns(call.person.user_id):
            raise commands.NotOwner
        person = await self._chat_settings.change_user(setting.name, value)
        return f"✅ `{setting.name}` is changed for <@{person.user_id}>."

    async def _own_text(self, call: Call) -> str:
        standing = await self._people.standing(call.person.user_id, call.place.guild_id)
        request = access_request(call, is_owner=await self._owns(call.person.user_id))
        permit = permit_of(request, standing)
        fits_bytes = min(permit.max_file_size_bytes, call.place.upload_limit_bytes)
        return own_text(standing, attrs.evolve(permit, max_file_size_bytes=fits_bytes), self._most_attempts)

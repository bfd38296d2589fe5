"""Translates the list of slash commands, which Discord shows to each person in the language of their client."""

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from boss_bot_core.bot.language import gettext, use_language
from boss_bot_core.domain.languages import match_language

_NAMES = frozenset({Location.command_name, Location.group_name, Location.parameter_name})
"""What people type; it is the same in every language, so that one can tell another what to type."""


class CommandTranslator(app_commands.Translator):
    """Gives discord.py the descriptions, the choices and the entries of menus in each language of the bot."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return a text in a language, or None where Discord shall show the English one."""
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        language = match_language(locale.value)
        if language is None or (context.location in _NAMES and not is_menu):
            return None
        with use_language(language):
            translated = gettext(string.message)
        return None if translated == string.message else translated

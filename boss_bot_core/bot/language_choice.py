"""Which language the bot speaks to whom: what only one person sees follows that person, all else follows the server."""

from typing import Any

import discord

from boss_bot_core.access.chosen_languages import ChosenLanguages
from boss_bot_core.bot.language import current_language
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.languages import ENGLISH, match_language


class LanguageChoice:
    """Chooses languages from the settings and from what Discord tells of a server and of a person.

    Args:
        client: Knows the guilds.
        chosen: The languages that guilds and users chose.
    """

    def __init__(self, client: discord.Client, chosen: ChosenLanguages) -> None:
        self._client = client
        self._chosen = chosen

    def for_interaction(self, interaction: discord.Interaction[Any]) -> str:
        """Return the language of answers that only the user of an interaction sees."""
        return self._chosen.of_user(interaction.user.id) or match_language(interaction.locale.value) or ENGLISH

    def for_place(self, guild_id: int, user_id: int) -> str:
        """Return the language of messages in a guild; of a user's direct messages outside of guilds."""
        if guild_id == LOCAL_ID:
            return self._chosen.of_user(user_id) or ENGLISH
        return self._chosen.of_guild(guild_id) or self._language_in_discord(guild_id)

    def for_direct_message(self, user_id: int, guild_id: int) -> str:
        """Return the language of a direct message about something in a guild, whose language is the best guess."""
        return self._chosen.of_user(user_id) or self.for_place(guild_id, user_id)

    def for_card(self, item: DownloadItem) -> str:
        """Return the language of a new card. The requester alone reads it in direct messages, as all other answers."""
        return current_language() if item.guild_id == LOCAL_ID else self.for_place(item.guild_id, item.user_id)

    def _language_in_discord(self, guild_id: int) -> str:
        guild = self._client.get_guild(guild_id)
        return ENGLISH if guild is None else match_language(guild.preferred_locale.value) or ENGLISH

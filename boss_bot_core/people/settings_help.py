"""All settings there are, as `dls` lists them."""

from typing import Any

import attrs

from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.users import UserSettings
from boss_bot_core.people.own_settings import OWN_SETTINGS
from boss_bot_core.people.person_settings import PERSON_SETTINGS
from boss_bot_core.people.server_settings import SERVER_SETTINGS
from boss_bot_core.people.setting import Setting, find


@attrs.frozen(kw_only=True)
class SettingsHelp:
    """Every setting, by whose decision it is, in the order in which they are shown.

    Attributes:
        own: Everybody's for themselves.
        server: Those of people who may manage the server.
        owner: Those of the bot's owner, each about one person.
    """

    own: tuple[Setting[PreferenceChoices], ...] = OWN_SETTINGS
    server: tuple[Setting[GuildSettings], ...] = SERVER_SETTINGS
    owner: tuple[Setting[UserSettings], ...] = PERSON_SETTINGS

    def find(self, typed: str) -> Setting[Any]:
        """Return the setting of that name, whoever decides it.

        Raises:
            SettingRefusedError: There is none.
        """
        everything: tuple[Setting[Any], ...] = (*self.own, *self.server, *self.owner)
        return find(everything, typed)

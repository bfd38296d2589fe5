"""The prefixes of typed commands: the operator's, and those that guilds chose."""

from boss_bot_core.access import AccessService, OperatorLimits
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.database import Database
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.privacy import DataOwner

GUILD, OTHER_GUILD = 11, 12


async def test_a_changed_prefix_applies_at_once_and_after_a_restart(
    access: AccessService, database: Database, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild_setting(GUILD, "prefix", "b!")
    restarted = await AccessService.open(database, OperatorLimits(), command_prefix="?")
    for service, default in ((access, "$"), (restarted, "?")):
        found = [service.prefixes.find(guild) for guild in (GUILD, OTHER_GUILD, LOCAL_ID)]
        assert found == ["b!", default, default]
    await chat_settings.change_guild_setting(OTHER_GUILD, "prefix", "!")
    await chat_settings.change_guild_setting(OTHER_GUILD, "prefix", "default")
    async with database.begin() as tx:
        await tx.kept_data.delete_settings(DataOwner(kind="guild", id=GUILD))
    await access.refresh_guilds()
    assert [access.prefixes.find(guild) for guild in (GUILD, OTHER_GUILD)] == ["$", "$"]

"""Connections between the core services: a changed limit wakes the dispatcher."""

from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from boss_bot_core.app.services import open_services
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.plugin import FetchedFile, FileFacts
from boss_bot_core.settings import load
from boss_bot_core.storage import VerifiedDownload, VerifiedFile
from tests.pipeline.test_event_bus import build_item


@pytest.mark.parametrize("of_whom", ["person", "guild"])
async def test_a_changed_limit_wakes_the_dispatcher(tmp_path: Path, of_whom: str) -> None:
    async with open_services(load({"data_dir": str(tmp_path / "data")}, environ={})) as services:
        signal = services.notifier.subscribe()
        if of_whom == "person":
            await services.chat_settings.change_owner_setting("user-running", f"<@{10**17}> 4")
        else:
            await services.chat_settings.change_guild_setting(10**18, "running", "3")
        assert await signal.wait(0)


async def test_the_files_of_a_premium_guild_are_kept_longer(tmp_path: Path) -> None:
    async with open_services(load({"data_dir": str(tmp_path)}, environ={})) as services:
        async with services.database.begin() as tx:
            await tx.guilds.put(GuildSettings(guild_id=20, is_premium=True))
        kept = {}
        for guild_id in (20, 21):
            item = attrs.evolve(build_item(), guild_id=guild_id)
            path = await services.storage.open_temp(item) / "fetched"
            path.write_bytes(b"meow")
            verified = VerifiedFile(fetched=FetchedFile(path=path), facts=FileFacts(extension=".mp4"))
            (file,) = await services.storage.store(VerifiedDownload(item=item, files=(verified,)))
            kept[guild_id] = file.expires_at - file.created_at
    assert kept == {20: timedelta(hours=72), 21: timedelta(hours=24)}

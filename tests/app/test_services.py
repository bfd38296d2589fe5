"""Connections between the core services: a changed limit wakes the dispatcher."""

from pathlib import Path

import pytest

from boss_bot_core.app.services import open_services
from boss_bot_core.settings import load


@pytest.mark.parametrize("of_whom", ["person", "guild"])
async def test_a_changed_limit_wakes_the_dispatcher(tmp_path: Path, of_whom: str) -> None:
    async with open_services(load({"data_dir": str(tmp_path / "data")}, environ={})) as services:
        signal = services.notifier.subscribe()
        if of_whom == "person":
            await services.chat_settings.change_owner_setting("user-running", f"<@{10**17}> 4")
        else:
            await services.chat_settings.change_guild_setting(10**18, "running", "3")
        assert await signal.wait(0)

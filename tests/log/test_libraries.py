"""Useless log records of libraries are not logged."""

from collections.abc import Callable
from pathlib import Path

from boss_bot_core.database import Database
from boss_bot_core.log import Redactor


async def test_creating_the_tables_logs_nothing(
    start: Callable[..., Redactor], read_file: Callable[[], list[dict[str, object]]], tmp_path: Path
) -> None:
    start()
    async with Database.open(f"sqlite:///{tmp_path}/new.db"):
        pass
    assert read_file() == []

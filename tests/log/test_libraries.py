"""What libraries log that helps nobody stays out of the log."""

from collections.abc import Callable
from pathlib import Path

from boss_bot_core.database import Database
from boss_bot_core.log import Redactor


async def test_making_the_tables_says_nothing(
    start: Callable[..., Redactor], read_file: Callable[[], list[dict[str, object]]], tmp_path: Path
) -> None:
    start()
    async with Database.open(f"sqlite:///{tmp_path}/new.db"):
        pass
    assert read_file() == []

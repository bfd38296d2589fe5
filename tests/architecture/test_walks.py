"""How many files a reader must know for two ways through the bot; `-m tests.architecture --files` lists them."""

from pathlib import Path

from boss_bot_sandbox.site import site_process
from tests.architecture.walks import walk_of_a_link, walk_of_a_progress_event

MAX_FILES_OF_A_LINK = 186
MAX_FILES_OF_A_PROGRESS_EVENT = 26


async def test_a_link_becomes_a_delivered_file_in_few_files(site_directory: Path, tmp_path: Path) -> None:
    with site_process(site_directory) as site:
        files = await walk_of_a_link(site, tmp_path / "bot")
    assert len(files) <= MAX_FILES_OF_A_LINK, sorted(files)


async def test_a_progress_event_becomes_an_edited_card_in_few_files(tmp_path: Path) -> None:
    files = await walk_of_a_progress_event(tmp_path)
    assert len(files) <= MAX_FILES_OF_A_PROGRESS_EVENT, sorted(files)

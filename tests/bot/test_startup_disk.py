"""`boss-bot run` on a disk that it cannot use: the sentence names the disk, not Discord."""

from pathlib import Path

from boss_bot_sandbox.discord import LocalDiscord
from tests.bot.program import Program
from tests.bot.test_startup import last_line
from tests.e2e.small_disk import mount_small_disk


async def test_a_read_only_disk_is_not_taken_for_a_discord_out_of_reach(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    program = Program(local_discord, tmp_path)
    with mount_small_disk(program.data, 8_000_000) as disk:
        disk.run("mkdir", "-p", *(f"{disk.folder}/{name}" for name in (".locks", "downloads", "cache/temp")))
        disk.run("ln", "-s", "machine", f"{disk.folder}/.locks/machine-id")
        disk.make_read_only()
        code, said = await program.ends(*disk.prefix, BOSS_BOT_DATABASE_URL=f"sqlite:///{tmp_path}/elsewhere.db")
    told = f"{program.data} cannot be used: Read-only file system."
    assert (code, last_line(said).partition(" Let ")[0]) == (2, told)

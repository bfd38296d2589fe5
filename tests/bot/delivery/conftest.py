"""A real discord.py client at a local Discord, an open database, and downloads whose files lie on disk."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import discord
import pytest
import pytest_asyncio

from boss_bot_core.access.chosen_languages import ChosenLanguages
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.delivery import DiscordDeliverer
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import DownloadedFile, MediaInfo
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.testing import RecordingBot
from boss_bot_sandbox.discord.testing.fixtures import connected_bot, discord_options, local_discord, recording_bot

MIB = 1_048_576

__all__ = ["connected_bot", "discord_options", "local_discord", "recording_bot"]


@attrs.define
class Memory:
    """What refusals taught, by server."""

    limits: dict[int, int] = attrs.field(factory=dict)

    async def learnt_limit(self, guild_id: int) -> int | None:
        return self.limits.get(guild_id)

    async def learn_limit(self, guild_id: int, limit_bytes: int) -> None:
        self.limits[guild_id] = limit_bytes


MakeDelivery = Callable[..., Awaitable[Delivery]]
MakeDeliverer = Callable[..., DiscordDeliverer]


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(f"sqlite:///{tmp_path / 'bot.sqlite3'}") as database:
        yield database


@pytest.fixture
def make_deliverer(connected_bot: RecordingBot, database: Database, memory: Memory) -> MakeDeliverer:
    """Return a function that builds the deliverer of a client, which is the connected one by default."""
    inspector = ChannelInspector(default_limit_bytes=20 * MIB, cap_bytes=50 * MIB, learned_limit=memory.learnt_limit)

    def make(retry_period_s: float = 5.0, client: discord.Client = connected_bot) -> DiscordDeliverer:
        return DiscordDeliverer(
            client=client,
            database=database,
            inspector=inspector,
            learn_limit=memory.learn_limit,
            languages=LanguageChoice(client, ChosenLanguages(database)),
            kept_for=timedelta(hours=6),
            retry_period_s=retry_period_s,
        )

    return make


@pytest.fixture
def make_delivery(local_discord: LocalDiscord, database: Database, tmp_path: Path) -> MakeDelivery:
    """Return a function that writes files of the given sizes and inserts their download."""

    async def make(
        *sizes: int,
        channel: str = "general",
        media: MediaInfo = MediaInfo(),
        limit: int = 50 * MIB,
        spoiler: bool = False,
    ) -> Delivery:
        place = local_discord.channel(channel)
        new = DownloadItem(
            id=uuid4(),
            url="https://x.com/a/status/1",
            media_key="twitter:1",
            plugin="twitter",
            destination=Destination(kind="discord", target=str(place.id)),
            max_file_size_bytes=limit,
            options=DownloadOptions(spoiler=spoiler),
            user_id=10,
            guild_id=local_discord.guild().id,
            channel_id=place.id,
            status=DownloadStatus.UPLOADING,
            created_at=datetime.now(UTC),
        )
        async with database.begin() as tx:
            await tx.items.insert(new)
        files = tuple(_file(new, tmp_path, position, size) for position, size in enumerate(sizes))
        return Delivery(item=new, files=files, media=media)

    return make


def _file(item: DownloadItem, folder: Path, position: int, size_bytes: int) -> DownloadedFile:
    path = folder / f"{item.short_id}_{position}.bin"
    with path.open("wb") as stream:
        stream.write(f"{item.id} {position}".encode()[:size_bytes])
        stream.truncate(size_bytes)
    return DownloadedFile(
        id=uuid4(),
        download_item_id=item.id,
        filename=f"file_{position + 1}.mp4",
        file_path=path,
        size_bytes=size_bytes,
        mime_type="video/mp4",
        created_at=datetime.now(UTC),
        expires_at=datetime.now(UTC) + timedelta(hours=24),
        checksum=hashlib.sha256(path.read_bytes()).hexdigest(),
        position=position,
        alt_text=f"Picture {position + 1}",
    )

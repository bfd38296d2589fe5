"""What the tests of cards and controls are made of: downloads, an open desk, a surface that remembers, a clock."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import attrs

from boss_bot_core.app.app import LOCK_NAME, App, open_app
from boss_bot_core.bot.cards.clock import Clock
from boss_bot_core.bot.cards.destination import CardDestination, SentCard
from boss_bot_core.bot.cards.rendered import RenderedCard
from boss_bot_core.bot.cards.surface import Outcome
from boss_bot_core.domain.files import DownloadedFile
from boss_bot_core.domain.items import Destination, DownloadItem, NewDownload
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.lock import DispatcherLock
from boss_bot_core.settings import Settings, StorageSettings
from boss_bot_core.settings.discord import DiscordSettings
from boss_bot_core.storage import StorageLayout

MB = 1024 * 1024
NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
GUILD, CHANNEL, ADA = 11, 22, 33


def an_item(**changes: Any) -> DownloadItem:
    """A download that waits, with `changes`."""
    values: dict[str, Any] = {
        "id": UUID("a1b2c3" + "0" * 26),
        "url": "https://www.x.com/user/status/123",
        "media_key": "twitter:123",
        "plugin": "twitter",
        "destination": Destination(kind="discord", target=str(CHANNEL)),
        "max_file_size_bytes": 20 * MB,
        "user_id": ADA,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "status": DownloadStatus.QUEUED,
        "created_at": NOW,
    }
    return DownloadItem(**values | changes)


def an_update(**changes: Any) -> ProgressUpdate:
    values: dict[str, Any] = {
        "item_id": an_item().id,
        "bytes_downloaded": int(12.4 * MB),
        "total_bytes": int(23.8 * MB),
        "speed_bps": 2.1 * MB,
        "eta_seconds": 6.0,
        "filename": "funny_cat_video.mp4",
        "file_index": 2,
        "file_count": 3,
    }
    return ProgressUpdate(**values | changes)


def a_file(name: str = "funny_cat_video.mp4", size_bytes: int = int(2.3 * MB), item: DownloadItem | None = None) -> Any:
    return DownloadedFile(
        id=uuid4(),
        download_item_id=(item or an_item()).id,
        filename=name,
        file_path=Path("/kept") / name,
        size_bytes=size_bytes,
        mime_type="video/mp4",
        created_at=NOW,
        expires_at=NOW + timedelta(days=1),
        checksum="0" * 64,
    )


@asynccontextmanager
async def an_app(folder: Path, controls: Any = "buttons") -> AsyncIterator[App]:
    """Real queue, database, bus and service, and nobody who dispatches: the test is the runner."""
    settings = Settings(storage=StorageSettings(data_dir=folder), discord=DiscordSettings(controls=controls))
    folders = settings.storage.folders
    locks = StorageLayout(folders.data, folders.cache).locks
    locks.mkdir(parents=True, exist_ok=True)
    # Beside another dispatcher, an app dispatches nothing.
    with DispatcherLock(locks / LOCK_NAME):
        async with open_app(settings) as app:
            yield app


async def submitted(app: App, number: int = 1, **changes: Any) -> DownloadItem:
    """Put a download into the queue."""
    known = attrs.asdict(an_item(**changes), recurse=False)
    names = {field.name for field in attrs.fields(NewDownload)}
    new = NewDownload(**{name: value for name, value in known.items() if name in names})
    return await app.desk.queue.submit(attrs.evolve(new, media_key=f"twitter:{number}"))


@attrs.define
class RememberedEdit:
    at: float
    channel_id: int
    message_id: int
    card: RenderedCard


class FakeClock(Clock):
    """Time that passes only while somebody waits for it, and then at once."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._until = asyncio.Event()
        self._end = 0.0

    def monotonic(self) -> float:
        return self.passed

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.passed)

    async def wait(self, signal: asyncio.Event, timeout_s: float | None) -> None:
        """Let time pass to the timeout, but never beyond what the test has allowed."""
        while not signal.is_set():
            if timeout_s is not None and self.passed + timeout_s <= self._end:
                self.passed += timeout_s
                return
            self._until.clear()
            more = {asyncio.ensure_future(self._until.wait()), asyncio.ensure_future(signal.wait())}
            try:
                await asyncio.wait(more, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for each in more:
                    each.cancel()

    async def pass_s(self, seconds: float) -> None:
        """Let `seconds` pass, and everything that happens meanwhile happen."""
        goal = self._end = max(self._end, self.passed) + seconds
        self._until.set()
        await settle()
        self.passed = max(self.passed, goal)


async def settle() -> None:
    """Let what is under way come to rest; SQLite answers from a thread of its own."""
    for _ in range(8):
        await asyncio.sleep(0.004)


class RememberingSurface:
    """Stands for Discord where the test is about time."""

    def __init__(self, clock: Clock) -> None:
        self.edits: list[RememberedEdit] = []
        self.removed: list[tuple[int, int]] = []
        self.pings: list[str] = []
        self.reactions: list[str] = []
        self.outcomes: list[Outcome] = []
        self._clock = clock

    async def edit(self, channel_id: int, message_id: int, card: RenderedCard) -> Outcome:
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome.DONE
        self.edits.append(RememberedEdit(self._clock.monotonic(), channel_id, message_id, card))
        return outcome

    async def remove(self, channel_id: int, message_id: int) -> Outcome:
        self.removed.append((channel_id, message_id))
        return Outcome.DONE

    async def ping(self, channel_id: int, message_id: int, user_id: int, text: str) -> Outcome:
        self.pings.append(text)
        return Outcome.DONE

    async def react(self, channel_id: int, message_id: int, emojis: Sequence[str]) -> Outcome:
        self.reactions.extend(emojis)
        return Outcome.DONE

    def texts(self, message_id: int) -> list[str]:
        return [text_of(each.card) for each in self.edits if each.message_id == message_id]


def text_of(card: RenderedCard) -> str:
    if card.embed is None:
        return card.content or ""
    return f"{card.embed.title}\n{card.embed.description}"


def to_message(message_id: int, channel_id: int = CHANNEL, *, embeds: bool = True) -> CardDestination:
    """A destination whose card is message `message_id`."""

    async def send(card: RenderedCard) -> SentCard:
        return SentCard(channel_id=channel_id, message_id=message_id)

    return CardDestination(send=send, embeds=embeds)

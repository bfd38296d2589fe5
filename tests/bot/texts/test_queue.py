"""The text of `$dlq`, in the PRD's form."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from boss_bot_core.bot.texts.cards import NEEDS_ROOM
from boss_bot_core.bot.texts.queue import PAGE_SIZE, Viewer, queue_text
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import DownloadStatus

ADA, BOB, GUILD, OTHER = 11, 12, 21, 22
VIEWER = Viewer(user_id=ADA, guild_id=GUILD)


def item(number: int = 1, **more: object) -> DownloadItem:
    values: dict[str, object] = {
        "id": UUID(int=number << 100),
        "url": f"https://a.b/video{number}.mp4",
        "media_key": "a:1",
        "plugin": "a",
        "destination": Destination(kind="discord", target="1"),
        "max_file_size_bytes": 1,
        "user_id": BOB,
        "guild_id": GUILD,
        "status": DownloadStatus.QUEUED,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return DownloadItem(**(values | more))  # type: ignore[arg-type]  # each value has its attribute's type


def test_the_prds_example() -> None:
    items = [
        item(1, status=DownloadStatus.DOWNLOADING, progress=0.35),
        item(2, user_id=ADA, url="https://a.b/image.jpg"),
        item(3),
    ]
    position = QueuePosition(item_id=items[1].id, position=2, waiting_count=2, estimated_wait_s=180)
    assert queue_text(items, VIEWER, position=position).splitlines() == [
        "```",
        "Current Queue Status:",
        "1. video1.mp4 #000000 [===>    ] 35%",
        "2. image.jpg #000000* [WAITING]",
        "3. video3.mp4 #000000 [WAITING]",
        "```",
        "Your position: 2",
        "Estimated wait: 3 minutes",
    ]


def test_a_download_that_waits_for_room_says_so() -> None:
    position = QueuePosition(item_id=item(1).id, position=1, waiting_count=1, needs_room=True)
    assert queue_text([item(1)], VIEWER, position=position).splitlines()[-1] == str(NEEDS_ROOM)


@pytest.mark.parametrize(
    ("viewer", "named"),
    [
        (Viewer(user_id=ADA, guild_id=OTHER), False),
        (Viewer(user_id=ADA, guild_id=0), False),
        (Viewer(user_id=BOB, guild_id=0), True),
        (Viewer(user_id=ADA, guild_id=GUILD), True),
    ],
)
def test_titles_are_shown_in_their_own_server_only(viewer: Viewer, *, named: bool) -> None:
    text = queue_text([item(title="A secret")], viewer)
    assert ("A secret" in text) is named
    assert ("(not shown here)" in text) is not named


def test_downloads_in_direct_messages_are_not_named_to_others() -> None:
    assert "(not shown here)" in queue_text([item(guild_id=0)], Viewer(user_id=ADA, guild_id=0))


def test_adult_titles_are_shown_in_age_restricted_channels_only() -> None:
    adult = item(adult=True, title="Adult")
    assert "Adult" not in queue_text([adult], VIEWER)
    assert "Adult" in queue_text([adult], Viewer(user_id=ADA, guild_id=GUILD, can_see_adult=True))


@pytest.mark.parametrize(("page", "shown"), [(1, 1), (2, 2), (3, 3), (99, 3), (0, 1)])
def test_each_page_shows_its_part_of_the_queue(page: int, shown: int) -> None:
    items = [item(number) for number in range(1, 2 * PAGE_SIZE + 2)]
    text = queue_text(items, VIEWER, page=page)
    assert f"Page {shown} of 3" in text
    assert f"\n{(shown - 1) * PAGE_SIZE + 1}. video" in text


def test_a_hostile_title_is_harmless() -> None:
    text = queue_text([item(title="```@everyone\n\u202e" + "x" * 10_000)], VIEWER)
    assert text.count("```") == 2
    assert "@everyone" not in text
    assert len(text) < 300


def test_a_spoiler_download_is_never_named() -> None:
    spoiler = item(user_id=VIEWER.user_id, title="The butler did it", options=DownloadOptions(spoiler=True))
    assert "1. (not shown here) [WAITING]" in queue_text([spoiler], VIEWER)

"""The texts of cards: the PRD's dialogues, line by line, and later additions to them."""

from datetime import timedelta
from typing import get_args

import pytest

from boss_bot_core.bot.cards.content import build_card
from boss_bot_core.bot.cards.model import CardColour, CardData
from boss_bot_core.bot.cards.sections import details_text
from boss_bot_core.bot.controls.actions import ControlAction
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.domain.preferences import BarStyle, NotificationPreference, UserPreferences
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.factories import ADA, MB, NOW, build_file, build_item, build_progress

S = DownloadStatus
A = ControlAction


def test_a_queued_card_shows_the_prd_s_text() -> None:
    position = QueuePosition(item_id=build_item().id, position=2, waiting_count=7, estimated_wait_s=120)
    card = build_card(CardData(item=build_item(), position=position, starts_at=NOW + timedelta(minutes=2)), NOW)
    assert card.heading == "🕒 Queued · x.com"
    assert card.lines == (
        "Starting download...",
        "Queue position: 2 of 7",
        f"Estimated start: <t:{int(NOW.timestamp()) + 120}:R>",
    )
    assert card.footer == f"#a1b2c3 · by <@{ADA}>"
    assert card.buttons == (A.PAUSE, A.CANCEL, A.DETAILS)
    assert card.colour is CardColour.WAITING


@pytest.mark.parametrize("offset_s", [0.0, 0.4, -90.0])
def test_an_overdue_estimated_start_is_shown_as_any_moment(offset_s: float) -> None:
    position = QueuePosition(item_id=build_item().id, position=1, waiting_count=1, estimated_wait_s=0.0)
    data = CardData(item=build_item(), position=position, starts_at=NOW + timedelta(seconds=offset_s))
    assert build_card(data, NOW).lines[-1] == "Estimated start: any moment"


def test_an_unknown_estimate_says_so() -> None:
    position = QueuePosition(item_id=build_item().id, position=3, waiting_count=3)
    assert build_card(CardData(item=build_item(), position=position), NOW).lines[-1] == "Estimated start: not known yet"


def test_a_card_names_no_file_before_one_is_known() -> None:
    card = build_card(CardData(item=build_item(status=S.DOWNLOADING, title=None)), NOW)
    assert card.block == ("Progress: Connecting…", "ETA: Unknown", "Status: Downloading")


def test_a_running_card_shows_the_prd_s_progress_message() -> None:
    item = build_item(status=S.DOWNLOADING, title="Title")
    card = build_card(CardData(item=item, update=build_progress()), NOW)
    assert card.heading == "⬇ Downloading · x.com · 3 files"
    assert card.title == "Title"
    assert card.block == (
        "Downloading: funny_cat_video.mp4",
        "Progress: [==========>         ] 52% · 12.4 / 23.8 MB",
        "Speed: 2.1 MB/s",
        "ETA: 6s",
        "Status: Downloading file 2 of 3",
    )
    assert card.lines == ()


@pytest.mark.parametrize(("is_converting", "status"), [(True, "Processing for Discord upload"), (False, "Checking")])
def test_a_processing_card_shows_full_progress(*, is_converting: bool, status: str) -> None:
    update = build_progress(bytes_downloaded=2 * MB, total_bytes=2 * MB, speed_bps=1.2 * MB, file_count=1)
    card = build_card(CardData(item=build_item(status=S.PROCESSING), update=update, is_converting=is_converting), NOW)
    assert card.block == (
        "Downloading: funny_cat_video.mp4",
        "Progress: [====================] 100% · 2.0 MB",
        "Speed: 1.2 MB/s",
        "ETA: Complete",
        f"Status: {status}",
    )


def test_a_completed_card_shows_the_prd_s_text() -> None:
    item = build_item(status=S.COMPLETED, started_at=NOW, completed_at=NOW + timedelta(seconds=45))
    card = build_card(CardData(item=item, files=(build_file(),), jump_url="https://discord.com/channels/1/2/3"), NOW)
    assert card.heading == "✅ Download complete!"
    assert card.lines == (r"File: funny\_cat\_video.mp4", "Size: 2.3MB", "Time: 45s")
    assert card.buttons == (A.DELETE,)
    assert card.jump_url == "https://discord.com/channels/1/2/3"


def test_the_card_of_files_from_storage_claims_no_download() -> None:
    running = build_card(CardData(item=build_item(status=S.UPLOADING, title="A cat"), is_reused=True), NOW)
    assert running.block[0] == "From storage: A cat"
    done = build_item(status=S.COMPLETED, completed_at=NOW)
    card = build_card(CardData(item=done, files=(build_file(),), is_reused=True), NOW)
    assert card.lines[-1] == "From storage: the bot had downloaded this before."
    assert not any("From storage" in line for line in build_card(CardData(item=done), NOW).lines)


def test_a_completed_card_lists_its_files_and_the_skipped_files() -> None:
    files = tuple(build_file(f"{number}.jpg", MB) for number in range(12))
    skipped = tuple(SkippedFile(name=f"v{number}.mp4", reason="48.2 MB is too large.") for number in range(7))
    item = build_item(status=S.COMPLETED, completed_at=NOW)
    lines = build_card(CardData(item=item, files=files, skipped=skipped), NOW).lines
    assert lines[0] == "Files: " + ", ".join(f"{number}.jpg" for number in range(10)) + " and 2 more"
    assert lines[1] == "Size: 12.0MB"
    assert lines[2] == "⚠ Skipped: 7 files"
    assert lines[3] == "• v0.mp4: 48.2 MB is too large."
    assert lines[-1] == "• and 2 more"


def test_progress_without_a_known_total_shows_no_percentage() -> None:
    item = build_item(status=S.DOWNLOADING, started_at=NOW)
    update = build_progress(total_bytes=None, eta_seconds=None, speed_bps=0.0, file_count=None)
    block = build_card(CardData(item=item, update=update), NOW + timedelta(seconds=35)).block
    assert block[1:] == ("Progress: 12.4 MB in 35s", "ETA: Unknown", "Status: Downloading")
    assert not any("%" in line for line in block)


def test_a_card_after_a_restart_shows_the_stored_progress() -> None:
    item = build_item(status=S.DOWNLOADING, current_size=5 * MB, total_size=10 * MB)
    assert build_card(CardData(item=item), NOW).block[0] == "Progress: [==========>         ] 50% · 5.0 / 10.0 MB"


def test_a_paused_card_shows_no_speed_and_no_remaining_time() -> None:
    item = build_item(status=S.PAUSED, current_size=5 * MB, total_size=10 * MB)
    block = build_card(CardData(item=item, update=build_progress()), NOW).block
    assert [line.partition(":")[0] for line in block] == ["Downloading", "Progress", "Status"]


@pytest.mark.parametrize(
    ("item", "status_line", "buttons"),
    [
        (build_item(status=S.DOWNLOADING, cancel_requested=True), "Status: Cancelling…", (A.DETAILS,)),
        (
            build_item(status=S.DOWNLOADING, pause_requested=True),
            "Status: Pausing…",
            (A.RESUME, A.CANCEL, A.DETAILS),
        ),
        (build_item(status=S.UPLOADING), "Status: Uploading to Discord", (A.CANCEL, A.DETAILS)),
        (build_item(status=S.PAUSED, current_size=1), "Status: Paused", (A.RESUME, A.CANCEL, A.DETAILS)),
    ],
)
def test_a_card_shows_requested_controls_and_states(
    item: object, status_line: str, buttons: tuple[ControlAction, ...]
) -> None:
    card = build_card(CardData(item=item), NOW)  # type: ignore[arg-type]  # the parameters above are items
    assert card.block[-1] == status_line
    assert card.buttons == buttons


@pytest.mark.parametrize("status", [S.FAILED, S.CANCELLED])
def test_a_failed_or_cancelled_card_offers_a_retry(status: DownloadStatus) -> None:
    assert build_card(CardData(item=build_item(status=status)), NOW).buttons == (A.RETRY, A.DETAILS, A.DELETE)


def test_every_state_has_a_card_in_every_bar_style_and_notification_level() -> None:
    for status in S:
        for style in BarStyle:
            for level in NotificationPreference:
                preferences = UserPreferences(progress_bar_style=style, notification_level=level)
                card = build_card(CardData(item=build_item(status=status)), NOW, preferences)
                assert card.heading.strip()
                assert A.CANCEL in card.buttons or A.DELETE in card.buttons
    assert get_args(NotificationPreference) == ()


def test_a_verbose_card_shows_details() -> None:
    verbose = UserPreferences(notification_level=NotificationPreference.VERBOSE)
    data = CardData(item=build_item(status=S.DOWNLOADING, started_at=NOW))
    plain, detailed = build_card(data, NOW), build_card(data, NOW, verbose)
    assert not plain.lines
    assert "Priority: Normal · attempt 1 of 4" in detailed.lines


@pytest.mark.parametrize(
    "changes", [{"adult": True}, {"options": DownloadOptions(spoiler=True)}], ids=["adult", "spoiler requested"]
)
@pytest.mark.parametrize("status", S)
def test_a_card_that_hides_its_title_shows_no_name_in_any_state(
    status: DownloadStatus, changes: dict[str, object]
) -> None:
    item = build_item(status=status, title="naked title", author="author", completed_at=NOW, **changes)
    skipped = (SkippedFile(name="naked_2.mp4", reason="Too large."),)
    data = CardData(
        item=item, update=build_progress(filename="naked.mp4"), files=(build_file("naked_title.mp4"),), skipped=skipped
    )
    verbose = UserPreferences(notification_level=NotificationPreference.VERBOSE)
    shown = str(build_card(data, NOW, verbose)) + details_text(data)
    assert "naked" not in shown
    assert "author" not in shown
    assert ("🔞" in shown) == item.adult


@pytest.mark.parametrize("status", [S.DOWNLOADING, S.PROCESSING, S.UPLOADING])
def test_the_card_of_an_interrupted_download_says_that_it_goes_on(status: DownloadStatus) -> None:
    data = CardData(item=build_item(status=status), update=build_progress(file_count=1), is_interrupted=True)
    card = build_card(data, NOW)
    assert card.heading == "🔄 Bot restarting · x.com"
    assert card.block == ()
    assert card.lines == ("The bot restarts. The download goes on by itself afterwards.",)

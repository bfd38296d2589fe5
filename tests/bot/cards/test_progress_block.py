"""The progress of a conversion on a card."""

from boss_bot_core.bot.cards.content import build_card
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.controls.actions import ControlAction as A
from boss_bot_core.domain.conversion import ConversionUpdate
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.status import DownloadStatus as S
from tests.bot.cards.factories import NOW, build_item

UPDATE = ConversionUpdate(filename="cat.mkv", fraction=0.4, file_index=2, file_count=3, eta_seconds=75.0)


def test_a_conversion_shows_its_file_its_bar_and_the_time_left() -> None:
    data = CardData(item=build_item(status=S.PROCESSING), is_converting=True, conversion=UPDATE)
    name, bar, left, status = build_card(data, NOW).block
    assert name == "Processing: cat.mkv"
    assert bar.startswith("Progress: ")
    assert bar.endswith(" 40%")
    assert left == "ETA: 1m 15s"
    assert status == "Status: Processing for Discord upload file 2 of 3"


def test_the_file_of_a_spoiler_is_not_named() -> None:
    item = build_item(status=S.PROCESSING, options=DownloadOptions(spoiler=True))
    block = build_card(CardData(item=item, is_converting=True, conversion=UPDATE), NOW).block
    assert block[0] == "Processing: x.com"


def test_a_card_with_a_question_has_a_button_for_each_answer() -> None:
    message = "It is too long. Choose how it shall be sent."
    item = build_item(
        status=S.FAILED,
        completed_at=NOW,
        error_type=ErrorType.CHOICE_NEEDED,
        error_message=message,
        choices=("sound", "convert"),
    )
    card = build_card(CardData(item=item), NOW)
    assert card.buttons == (A.CONVERT, A.SOUND, A.RETRY, A.DETAILS, A.DELETE)
    assert card.lines[0] == f"📦 {message}"

"""The answer to an open question about a download, as a retry of it."""

import attrs

from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue import ControlOutcome, transitions
from boss_bot_core.queue.control_rules import apply_retry
from tests.bot.cards.factories import NOW, build_item

ASKED = transitions.fail(
    build_item(status=DownloadStatus.PROCESSING),
    DownloadError(
        item_id=build_item().id,
        error_type=ErrorType.CHOICE_NEEDED,
        message="Parts, or its sound?",
        timestamp=NOW,
        choices=("parts", "sound"),
    ),
    NOW,
)


def test_an_answer_queues_the_download_again_with_it() -> None:
    assert ASKED.choices == ("parts", "sound")
    result = apply_retry(ASKED, 5, "sound")
    assert result.outcome is ControlOutcome.DONE
    assert (result.item.options.fit, result.item.choices, result.item.max_file_size_bytes) == ("sound", (), 5)
    assert result.item.options.content_key != ASKED.options.content_key


def test_an_answer_to_another_question_changes_nothing() -> None:
    result = apply_retry(ASKED, 5, "convert")
    assert (result.outcome, result.item) == (ControlOutcome.REFUSED, ASKED)


def test_a_retry_without_an_answer_keeps_an_earlier_one() -> None:
    answered = attrs.evolve(ASKED, options=attrs.evolve(ASKED.options, fit="parts"))
    assert apply_retry(answered).item.options.fit == "parts"

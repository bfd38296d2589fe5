"""The texts about privacy: periods, numbers, and what is left."""

from datetime import timedelta

import pytest

from boss_bot_core.bot.texts.privacy import deletion_text, first_steps_text, format_period, kept_text
from boss_bot_core.domain.privacy import DeletionReport, KeptData, KeptPeriods

MANY = 10**9
PERIODS = KeptPeriods(
    files=timedelta(hours=24),
    premium_files=timedelta(hours=72),
    failed_files=timedelta(hours=1),
    records=timedelta(days=36_500),
    left_guild=timedelta(days=7),
    log_bytes=10**15,
)


@pytest.mark.parametrize(
    ("hours", "text"), [(1, "1 hour"), (24, "24 hours"), (25, "25 hours"), (48, "2 days"), (73, "73 hours")]
)
def test_a_period_is_told_in_hours_or_in_whole_days(hours: int, text: str) -> None:
    assert format_period(timedelta(hours=hours)) == text


def test_the_longest_texts_fit_into_a_message() -> None:
    kept = KeptData(downloads=MANY, unfinished=MANY, files=MANY, messages=MANY, settings=MANY)
    assert len(kept_text(kept, PERIODS, "prefix__")) < 2000
    assert len(first_steps_text("*" * 100, "prefix__")) < 2000


def test_what_is_left_is_told_first() -> None:
    text = deletion_text(DeletionReport(downloads=3, remaining=2, failed=("a1b2c3: busy",), freed_bytes=1_048_576))
    assert text.startswith("⚠️ **Not everything could be deleted.** Downloads that have not stopped yet: 2. Problems")
    assert "on my machine: 1." in text
    assert "- Requests: 3, cancelled first: 0\n- Files: 0, 1.0 MB\n" in text
    assert deletion_text(DeletionReport()).startswith("🗑️ **Deleted. Nothing of it is left.**")

"""Tests for the rules on refused files, with the history at every point at which a restart can occur."""

from datetime import UTC, datetime
from uuid import uuid4

import attrs

from boss_bot_core.pipeline.size_refusal import (
    build_question_entry,
    build_refusal_entry,
    is_refused,
    is_undecided,
    may_search_smaller,
    should_convert,
)
from boss_bot_core.storage import DownloadRecord, HistoryEntry
from tests.bot.cards.factories import build_file, build_item

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STORED = HistoryEntry(at=NOW, action="organised")
RECORD = DownloadRecord(
    item_id=uuid4(),
    url="https://a.b/c",
    media_key="a:1",
    plugin="a",
    user_id=1,
    guild_id=2,
    channel_id=3,
    requested_at=NOW,
    organised_at=NOW,
    expires_at=NOW,
    history=(STORED,),
)


def test_without_a_refusal_smaller_files_may_be_searched() -> None:
    assert may_search_smaller(RECORD)
    assert not is_refused(RECORD)


def test_a_recorded_refusal_allows_a_search_for_smaller_files() -> None:
    refused = attrs.evolve(RECORD, history=(STORED, build_refusal_entry(NOW, 10)))
    assert is_refused(refused)
    assert may_search_smaller(refused)


def test_after_a_search_no_other_search_follows() -> None:
    for last in (STORED, HistoryEntry(at=NOW, action="kept")):
        searched = attrs.evolve(RECORD, history=(STORED, build_refusal_entry(NOW, 10), last))
        assert not is_refused(searched)
        assert not may_search_smaller(searched)


def test_files_are_converted_if_one_is_too_large_or_a_question_is_open() -> None:
    file = build_file(size_bytes=10)
    stored = attrs.evolve(RECORD, files=(file,))
    item = build_item(max_file_size_bytes=10)
    assert not should_convert(stored, item)
    assert should_convert(stored, attrs.evolve(item, max_file_size_bytes=9))
    asked = attrs.evolve(stored, history=(STORED, build_question_entry(NOW, "Parts?")))
    assert is_undecided(asked)
    assert should_convert(asked, item)
    assert not is_undecided(attrs.evolve(asked, history=(*asked.history, STORED)))

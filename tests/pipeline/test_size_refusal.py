"""What a download's history says of a place that refused it, at every point at which a restart may come."""

from datetime import UTC, datetime
from uuid import uuid4

import attrs

from boss_bot_core.pipeline.size_refusal import build_refusal_entry, is_refused, may_search_smaller
from boss_bot_core.storage import DownloadRecord, HistoryEntry

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ORGANISED = HistoryEntry(at=NOW, action="organised")
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
    history=(ORGANISED,),
)


def test_before_a_refusal_a_smaller_version_may_be_looked_for() -> None:
    assert may_search_smaller(RECORD)
    assert not is_refused(RECORD)


def test_a_refusal_that_was_only_noted_is_not_forgotten() -> None:
    noted = attrs.evolve(RECORD, history=(ORGANISED, build_refusal_entry(NOW, 10)))
    assert is_refused(noted)
    assert may_search_smaller(noted)


def test_after_the_second_round_there_is_no_third() -> None:
    for last in (ORGANISED, HistoryEntry(at=NOW, action="kept")):
        done = attrs.evolve(RECORD, history=(ORGANISED, build_refusal_entry(NOW, 10), last))
        assert not is_refused(done)
        assert not may_search_smaller(done)

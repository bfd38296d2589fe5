"""The progress that `boss-bot get` prints without a terminal."""

import io
import re
from datetime import timedelta
from uuid import UUID

import attrs
from rich.console import Console

from boss_bot_core.cli.get.progress import PlainProgress, choose_display
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobRetryScheduled
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

ITEM = attrs.evolve(to_item(build_new_download(), utc_now()), id=UUID("a1b2c3" + "0" * 26), attempt_count=1)


def test_a_scheduled_retry_shows_its_time_and_its_number() -> None:
    output = io.StringIO()
    display = choose_display(Console(file=output))
    assert isinstance(display, PlainProgress)
    error = DownloadError(item_id=ITEM.id, error_type=ErrorType.NETWORK, message="No way.", timestamp=utc_now())
    waiting = attrs.evolve(ITEM, not_before=utc_now() + timedelta(seconds=90))
    with display:
        display.show(JobRetryScheduled(item=waiting, error=error))
    line = re.fullmatch(r"#a1b2c3 queued      retrying in (\d+) s \(2 of 3\): No way\.\n", output.getvalue())
    assert line is not None
    assert 60 < int(line[1]) <= 90

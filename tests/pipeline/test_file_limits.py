"""The largest file that is fetched and stored, with and without plugins that make files fit."""

from typing import Literal

import pytest

from boss_bot_core.domain.items import Destination
from boss_bot_core.pipeline.file_limits import FileLimits
from tests.bot.cards.factories import build_item

CAP = 50
LIMIT = 10


@pytest.mark.parametrize(
    ("kind", "is_converting", "fetched", "stored"),
    [
        ("folder", False, LIMIT, LIMIT),
        ("folder", True, CAP, LIMIT),
        ("discord", False, CAP, CAP),
        ("discord", True, CAP, CAP),
    ],
)
def test_a_limit_of_the_place_counts_only_after_a_conversion(
    kind: Literal["folder", "discord"], fetched: int, stored: int, *, is_converting: bool
) -> None:
    item = build_item(destination=Destination(kind=kind, target="x"), max_file_size_bytes=LIMIT)
    limits = FileLimits(cap_bytes=CAP, is_converting=is_converting)
    assert (limits.fetched(item), limits.stored(item)) == (fetched, stored)

"""The texts of a delivery."""

from datetime import timedelta

import pytest

from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery.plan import MessageLimits, build_plan
from tests.delivery.factories import MIB, build_file, build_files

SLACK = 64 * 1024
HOURS = timedelta(hours=6)


@pytest.mark.parametrize(
    ("size", "limit", "in_server", "text"),
    [
        (int(48.2 * MIB), 20 * MIB - SLACK, True, "48.2 MB, this server allows 20 MB"),
        (int(48.2 * MIB), 20 * MIB - SLACK, False, "48.2 MB, I can send 20 MB"),
        (300 * 1024, 200 * 1024, True, "300 KB, this server allows 200 KB"),
        (1000, 999, True, "1000 B, this server allows 999 B"),
        (300 * 1024, 300 * 1024 - 1, True, "300 KB, Discord does not take it here"),
    ],
)
def test_size_against_limit(size: int, limit: int, *, in_server: bool, text: str) -> None:
    assert (
        delivery_texts.left_out_reason(build_file(0, size), MessageLimits(file_bytes=limit), in_server=in_server)
        == text
    )


def test_many_left_out_files_do_not_fill_the_message() -> None:
    plan = build_plan(build_files(*[30 * MIB] * 40), MessageLimits(file_bytes=20 * MIB))
    notes = delivery_texts.left_out_notes(plan, in_server=True, spoiler=False)
    assert len(notes) == 6
    assert notes[-1] == "📦 and 35 more."
    assert len("\n".join(notes)) < 1000


def test_the_name_of_a_left_out_spoiler_is_a_spoiler() -> None:
    plan = build_plan([build_file(0, 30 * MIB)], MessageLimits(file_bytes=20 * MIB))
    shown, spoiler = (delivery_texts.left_out_notes(plan, in_server=True, spoiler=each)[0] for each in (False, True))
    name = shown.removeprefix("📦 ").partition(": ")[0]
    assert spoiler == shown.replace(name, f"||{name}||")


def test_the_smallest_file_is_named_when_nothing_fits() -> None:
    limits = MessageLimits(file_bytes=20 * MIB)
    one, more = build_plan(build_files(30 * MIB), limits), build_plan(build_files(30 * MIB, 25 * MIB), limits)
    assert delivery_texts.nothing_fits_reason(one, HOURS, in_server=True) == (
        "30.0 MB, this server allows 20 MB. I keep it on my host for 6 h."
    )
    assert delivery_texts.nothing_fits_reason(more, HOURS, in_server=False) == (
        "Even the smallest of 2 files is too large: 25.0 MB, I can send 20 MB. I keep it on my host for 6 h."
    )


def test_a_spoiler_title_is_hidden_and_a_missing_title_has_no_line() -> None:
    assert delivery_texts.message_content("A | title", "-# #a1b2c3", spoiler=True) == "||A \\| title||\n-# #a1b2c3"
    assert delivery_texts.message_content(None, "-# #a1b2c3", ["note"], spoiler=True) == "-# #a1b2c3\nnote"
    assert delivery_texts.message_content("\u200b\n", "-# #a1b2c3", spoiler=False) == "-# #a1b2c3"

"""What refusals teach, until everything was taken or left out."""

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.delivery.plan import Batch, MessageLimits, build_plan
from boss_bot_core.delivery.size_limits import KNOWN_FILE_LIMITS, derive_file_limit, learn_limit
from tests.delivery.factories import LIMITS, MIB, SIZES, build_files

SLACK = 64 * 1024


@given(SIZES, LIMITS, st.integers(min_value=0, max_value=120 * MIB), st.integers(min_value=0, max_value=120 * MIB))
def test_lessons_end_with_every_file_taken_or_left_out(
    sizes: list[int], limits: MessageLimits, real_file: int, real_request: int
) -> None:
    files = build_files(*sizes)
    taken: set[int] = set()
    for _ in range(len(KNOWN_FILE_LIMITS) + 2 * len(sizes) + 10):
        missing = [file for file in files if file.position not in taken]
        plan = build_plan(missing, limits)
        refused = None
        for batch in plan.batches:
            if batch.largest_bytes > real_file or batch.size_bytes > real_request:
                refused = batch
                break
            taken.update(batch.positions)
        if refused is None:
            break
        lesson = learn_limit(refused, limits, slack_bytes=SLACK)
        assert not all(lesson.limits.is_sendable(file) for file in refused.files) or (
            lesson.limits.request_bytes < refused.size_bytes
        )
        limits = lesson.limits
    else:
        raise AssertionError("the lessons do not end")
    assert len(taken) + len(plan.left_out) == len(files)
    assert all(files[position].size_bytes <= min(real_file, real_request) for position in taken)


def test_the_next_smaller_limit_that_discord_has_is_learnt() -> None:
    lesson = learn_limit(Batch(build_files(15 * MIB, 12 * MIB)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
    assert (lesson.file_bytes, lesson.limits.file_bytes) == (10 * MIB, 10 * MIB - SLACK)


def test_many_small_files_were_too_much_together_and_nothing_is_learnt_of_single_ones() -> None:
    lesson = learn_limit(Batch(build_files(*[2 * MIB] * 10)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
    assert (lesson.file_bytes, lesson.limits.request_bytes) == (None, 10 * MIB)


def test_one_small_file_that_is_refused_is_left_out_and_nothing_is_learnt() -> None:
    (file,) = build_files(1000)
    lesson = learn_limit(Batch((file,)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
    assert lesson.file_bytes is None
    assert build_plan([file], lesson.limits).left_out == (file,)


def test_below_every_limit_that_discord_had_a_refusal_tells_nothing_of_the_place() -> None:
    for size, limit in ((12 * MIB, 10 * MIB - SLACK), (3 * MIB, None)):
        lesson = learn_limit(Batch(build_files(size)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
        assert derive_file_limit(lesson.limits, slack_bytes=SLACK) == limit

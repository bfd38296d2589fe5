"""Tests for size limits that are learned from refusals."""

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.delivery.plan import Batch, MessageLimits, build_plan
from boss_bot_core.delivery.size_limits import KNOWN_FILE_LIMITS, derive_file_limit, learn_limit
from tests.delivery.factories import LIMITS, MIB, SIZES, build_files

SLACK = 64 * 1024


@given(SIZES, LIMITS, st.integers(min_value=0, max_value=120 * MIB), st.integers(min_value=0, max_value=120 * MIB))
def test_learning_ends_with_every_file_delivered_or_left_out(
    sizes: list[int], limits: MessageLimits, real_file: int, real_request: int
) -> None:
    files = build_files(*sizes)
    delivered: set[int] = set()
    for _ in range(len(KNOWN_FILE_LIMITS) + 2 * len(sizes) + 10):
        missing = [file for file in files if file.position not in delivered]
        plan = build_plan(missing, limits)
        refused = None
        for batch in plan.batches:
            if batch.largest_bytes > real_file or batch.size_bytes > real_request:
                refused = batch
                break
            delivered.update(batch.positions)
        if refused is None:
            break
        learned = learn_limit(refused, limits, slack_bytes=SLACK)
        assert not all(learned.limits.is_sendable(file) for file in refused.files) or (
            learned.limits.request_bytes < refused.size_bytes
        )
        limits = learned.limits
    else:
        raise AssertionError("the limits do not converge")
    assert len(delivered) + len(plan.left_out) == len(files)
    assert all(files[position].size_bytes <= min(real_file, real_request) for position in delivered)


def test_a_refusal_reveals_discords_next_lower_limit() -> None:
    learned = learn_limit(Batch(build_files(15 * MIB, 12 * MIB)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
    assert (learned.file_bytes, learned.limits.file_bytes) == (10 * MIB, 10 * MIB - SLACK)


def test_a_refusal_of_many_small_files_lowers_only_the_request_limit() -> None:
    learned = learn_limit(Batch(build_files(*[2 * MIB] * 10)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
    assert (learned.file_bytes, learned.limits.request_bytes) == (None, 10 * MIB)


def test_a_refused_small_file_is_left_out_and_reveals_no_limit() -> None:
    (file,) = build_files(1000)
    learned = learn_limit(Batch((file,)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
    assert learned.file_bytes is None
    assert build_plan([file], learned.limits).left_out == (file,)


def test_a_refusal_below_all_known_limits_reveals_no_limit() -> None:
    for size, limit in ((12 * MIB, 10 * MIB - SLACK), (3 * MIB, None)):
        learned = learn_limit(Batch(build_files(size)), MessageLimits(file_bytes=20 * MIB), slack_bytes=SLACK)
        assert derive_file_limit(learned.limits, slack_bytes=SLACK) == limit

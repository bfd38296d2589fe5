"""Tests for the delivery plan: every file once, in order, and no message over a limit."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.delivery.plan import BATCH_SPAN, MessageLimits, build_plan
from boss_bot_core.delivery.progress import MAX_NONCE_LENGTH, build_nonce, read_positions
from tests.delivery.factories import ITEM_ID, LIMITS, MIB, SIZES, build_file, build_files


@given(SIZES, LIMITS)
def test_every_file_is_delivered_once_or_left_out(sizes: list[int], limits: MessageLimits) -> None:
    files = build_files(*sizes)
    plan = build_plan(files, limits)
    delivered = [file for batch in plan.batches for file in batch.files]
    assert sorted([*delivered, *plan.left_out], key=lambda file: file.position) == list(files)
    assert len(delivered) + len(plan.left_out) == len(files)


@given(SIZES, LIMITS)
def test_messages_keep_the_limits_and_files_left_out_would_not(sizes: list[int], limits: MessageLimits) -> None:
    plan = build_plan(build_files(*sizes), limits)
    for batch in plan.batches:
        assert 1 <= len(batch.files) <= limits.files
        assert batch.size_bytes <= limits.request_bytes
        assert batch.largest_bytes <= limits.file_bytes
    assert all(file.size_bytes > min(limits.file_bytes, limits.request_bytes) for file in plan.left_out)


@given(SIZES, LIMITS)
def test_messages_are_in_source_order_for_any_input_order(sizes: list[int], limits: MessageLimits) -> None:
    files = build_files(*sizes)
    plan = build_plan(reversed(files), limits)
    positions = [position for batch in plan.batches for position in batch.positions]
    assert positions == sorted(positions)
    assert plan == build_plan(files, limits)


@given(SIZES, LIMITS)
def test_no_message_could_carry_the_first_file_of_the_next(sizes: list[int], limits: MessageLimits) -> None:
    batches = build_plan(build_files(*sizes), limits).batches
    for batch, following in pairwise(batches):
        first = following.files[0]
        assert (
            len(batch.files) == limits.files
            or batch.size_bytes + first.size_bytes > limits.request_bytes
            or first.position - batch.positions[0] >= BATCH_SPAN
        )


@given(SIZES, LIMITS)
def test_every_message_of_a_plan_has_a_unique_nonce_that_encodes_its_files(
    sizes: list[int], limits: MessageLimits
) -> None:
    batches = build_plan(build_files(*sizes), limits).batches
    nonces = [build_nonce(ITEM_ID, batch.positions) for batch in batches]
    assert [read_positions(nonce) for nonce in nonces] == [batch.positions for batch in batches]
    assert len(set(nonces)) == len(nonces)
    assert all(len(nonce) <= MAX_NONCE_LENGTH for nonce in nonces)


@given(st.integers(min_value=0, max_value=5000), st.sets(st.integers(min_value=1, max_value=BATCH_SPAN - 1)))
def test_a_nonce_encodes_any_files_within_the_span(first: int, offsets: set[int]) -> None:
    positions = (first, *sorted(first + offset for offset in offsets))
    nonce = build_nonce(ITEM_ID, positions)
    assert len(nonce) <= MAX_NONCE_LENGTH
    assert read_positions(nonce) == positions


def test_files_that_are_far_apart_are_in_different_messages() -> None:
    near, far = build_file(0, 1), build_file(BATCH_SPAN, 1)
    assert [batch.files for batch in build_plan([near, far], MessageLimits(file_bytes=MIB)).batches] == [
        (near,),
        (far,),
    ]

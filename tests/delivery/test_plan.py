"""The plan of a delivery: every file exactly once, in order, and no message over a limit."""

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
def test_no_message_breaks_a_limit_and_what_is_left_out_would(sizes: list[int], limits: MessageLimits) -> None:
    plan = build_plan(build_files(*sizes), limits)
    for batch in plan.batches:
        assert 1 <= len(batch.files) <= limits.files
        assert batch.size_bytes <= limits.request_bytes
        assert batch.largest_bytes <= limits.file_bytes
    assert all(file.size_bytes > min(limits.file_bytes, limits.request_bytes) for file in plan.left_out)


@given(SIZES, LIMITS)
def test_messages_are_in_source_order_whatever_the_order_given(sizes: list[int], limits: MessageLimits) -> None:
    files = build_files(*sizes)
    plan = build_plan(reversed(files), limits)
    positions = [position for batch in plan.batches for position in batch.positions]
    assert positions == sorted(positions)
    assert plan == build_plan(files, limits)


@given(SIZES, LIMITS)
def test_a_message_could_not_have_taken_the_next_one_s_first_file(sizes: list[int], limits: MessageLimits) -> None:
    batches = build_plan(build_files(*sizes), limits).batches
    for batch, following in pairwise(batches):
        first = following.files[0]
        assert (
            len(batch.files) == limits.files
            or batch.size_bytes + first.size_bytes > limits.request_bytes
            or first.position - batch.positions[0] >= BATCH_SPAN
        )


@given(SIZES, LIMITS)
def test_every_message_of_a_plan_has_a_nonce_of_its_own_that_names_its_files(
    sizes: list[int], limits: MessageLimits
) -> None:
    batches = build_plan(build_files(*sizes), limits).batches
    nonces = [build_nonce(ITEM_ID, batch.positions) for batch in batches]
    assert [read_positions(nonce) for nonce in nonces] == [batch.positions for batch in batches]
    assert len(set(nonces)) == len(nonces)
    assert all(len(nonce) <= MAX_NONCE_LENGTH for nonce in nonces)


@given(st.integers(min_value=0, max_value=5000), st.sets(st.integers(min_value=1, max_value=BATCH_SPAN - 1)))
def test_a_nonce_holds_any_files_that_are_near_each_other(first: int, offsets: set[int]) -> None:
    positions = (first, *sorted(first + offset for offset in offsets))
    nonce = build_nonce(ITEM_ID, positions)
    assert len(nonce) <= MAX_NONCE_LENGTH
    assert read_positions(nonce) == positions


def test_files_far_apart_do_not_share_a_message() -> None:
    near, far = build_file(0, 1), build_file(BATCH_SPAN, 1)
    assert [batch.files for batch in build_plan([near, far], MessageLimits(file_bytes=MIB)).batches] == [
        (near,),
        (far,),
    ]

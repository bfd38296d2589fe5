"""Where a video is cut: parts begin at key frames, hold everything, and fit."""

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_media.probe.packets import PacketFacts
from boss_bot_media.video.cuts import choose_cuts, find_part


def build_packets(groups: list[list[int]]) -> list[PacketFacts]:
    """Return the packets of a video with a key frame at the start of each group, and a sound packet beside each."""
    packets, start_s = [], 0.0
    for group in groups:
        for number, size in enumerate(group):
            times = {"start_s": start_s, "end_s": start_s + 0.04}
            packets.append(PacketFacts(is_video=True, is_key=number == 0, size_bytes=size, **times))
            packets.append(PacketFacts(is_video=False, is_key=True, size_bytes=50, **times))
            start_s += 0.04
    return packets


@given(
    st.lists(st.lists(st.integers(1, 5_000), min_size=1, max_size=8), min_size=1, max_size=20),
    st.integers(4_000, 60_000),
)
def test_parts_begin_at_key_frames_and_fit(groups: list[list[int]], limit_bytes: int) -> None:
    packets = build_packets(groups)
    cuts = choose_cuts(packets, limit_bytes)
    keys = {packet.start_s for packet in packets if packet.is_video and packet.is_key}
    if cuts is None:
        assert max(sum(group) for group in groups) > limit_bytes - 7_000
        return
    assert set(cuts[1:]) <= keys
    sizes = [0] * len(cuts)
    for packet in packets:
        sizes[find_part(cuts, packet.start_s)] += packet.size_bytes
    assert max(sizes) <= limit_bytes
    assert all(sizes)


def test_a_small_file_is_one_part() -> None:
    assert len(choose_cuts(build_packets([[100, 10], [100, 10]]), 100_000) or ()) == 1


def test_a_file_without_a_key_frame_cannot_be_cut() -> None:
    assert choose_cuts([PacketFacts(is_video=False, is_key=True, start_s=0, end_s=1, size_bytes=9)], 100_000) is None

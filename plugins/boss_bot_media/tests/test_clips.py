"""The maker of the tests' clips: one name never stands for two clips."""

from boss_bot_media.testing import H264, ClipMaker


def test_a_clip_is_made_once_for_its_parameters(clips: ClipMaker) -> None:
    short = clips.make("one-name.mkv", *H264, length_s=0.2)
    made_at = short.stat().st_mtime_ns
    long = clips.make("one-name.mkv", *H264, length_s=0.6)
    silent = clips.make("one-name.mkv", *H264, "-an", length_s=0.2)
    assert len({short, long, silent}) == 3
    assert {clip.name for clip in (short, long, silent)} == {"one-name.mkv"}
    assert len({clip.stat().st_size for clip in (short, long, silent)}) == 3
    assert clips.make("one-name.mkv", *H264, length_s=0.2) == short
    assert short.stat().st_mtime_ns == made_at

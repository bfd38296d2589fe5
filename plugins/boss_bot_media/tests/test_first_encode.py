"""The first encoding of a clip: it lands between the good shares of the limit, and its bits are spread evenly."""

from pathlib import Path

import av
import pytest

from boss_bot_media._settings import MediaSettings
from boss_bot_media.conditions import Conditions
from boss_bot_media.conversion import Conversion
from boss_bot_media.ffmpeg.run import Ffmpeg
from boss_bot_media.plan import Transcode
from boss_bot_media.planner import prepare_plan
from boss_bot_media.probe.reader import read_probe
from boss_bot_media.testing import ClipMaker
from boss_bot_media.video.encode import Encoded, encode_video

COARSE = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-crf", "12", "-an")
PICTURES = {
    "noise": "mandelbrot=s=128x72:r=24:start_scale=3,noise=alls=40:allf=t",
    "bars": "testsrc2=s=128x72:r=24,noise=alls=9:allf=t",
    "clean": "testsrc2=s=128x72:r=24",
}


def encode(ffmpeg: Path, source: Path, folder: Path, share: float) -> Encoded:
    """Encode a file for a share of its size."""
    limit_bytes = int(source.stat().st_size * share)
    conditions = Conditions(limit_bytes=limit_bytes, settings=MediaSettings(min_height=90, min_video_kbps=20))
    program = Ffmpeg(program=ffmpeg, threads=2)
    conversion = Conversion(
        source=source, directory=folder, probe=read_probe(source), conditions=conditions, program=program
    )
    conversion, plan = prepare_plan(conversion)
    assert isinstance(plan, Transcode)
    return encode_video(conversion, plan, folder / "result.mp4")


@pytest.mark.parametrize(
    ("name", "length_s", "share"),
    [
        ("noise", 2, 0.6),
        ("noise", 2, 0.35),
        ("bars", 2, 0.35),
        ("clean", 2, 0.18),
        ("bars", 10, 0.2),
        ("clean", 10, 0.4),
    ],
)
def test_the_first_encoding_fills_the_limit(
    clips: ClipMaker, ffmpeg: Path, tmp_path: Path, name: str, length_s: int, share: float
) -> None:
    source = clips.make(f"{name}{length_s}.mp4", *COARSE, length_s=length_s, picture=PICTURES[name])
    encoded = encode(ffmpeg, source, tmp_path, share)
    assert encoded.tries == 1
    assert 0.9 <= encoded.first_share <= 1


def test_frames_of_even_noise_get_even_bits(clips: ClipMaker, ffmpeg: Path, tmp_path: Path) -> None:
    source = clips.make("noise2.mp4", *COARSE, length_s=2, picture=PICTURES["noise"])
    with av.open(encode(ffmpeg, source, tmp_path, 0.6).path) as container:
        sizes = [packet.size for packet in container.demux(video=0) if packet.size]
    assert max(sizes[1:]) < 3 * min(sizes[1:])

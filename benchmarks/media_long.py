"""The longer clips of the benchmark `media`: films of several scenes, still parts, and noise that comes and goes."""

from collections.abc import Iterator
from typing import Final

from benchmarks.media_codecs import AAC, X264, YUV
from benchmarks.media_corpus import Case

_SIZE: Final = "426x240"
_SCENES: Final = (
    "testsrc2=s={size}:r=24:d=6[a];mandelbrot=s={size}:r=24:start_scale=2,trim=duration=8,noise=alls=8:allf=t[b];"
    "life=s={size}:r=24:mold=9:ratio=0.1,trim=duration=5[c];gradients=s={size}:r=24:speed=0.03:d=9,"
    "noise=alls=12:allf=t[d];[a][b][c][d]concat=n=4"
)
_STILL: Final = (
    "mandelbrot=s={size}:r=24:start_scale=2,trim=end_frame=1,loop=288:1,setpts=N/24/TB,noise=alls=4:allf=t[a];"
    "testsrc2=s={size}:r=24:d=8[b];[a][b]concat=n=2"
)
LONG_PICTURES: Final = {
    "scenes": (_SCENES, 28.0),
    "still": (_STILL, 20.0),
    "zoom": ("mandelbrot=s={size}:r=24:start_scale=2,noise=alls=6:allf=t", 24.0),
    "pulses": ("testsrc2=s={size}:r=24,noise=alls=20:allf=t:enable='lt(mod(t,10),4)'", 30.0),
    "clean": ("testsrc2=s={size}:r=24", 45.0),
}
"""ffmpeg's source of each picture, and its length in seconds."""


def list_long_cases() -> Iterator[Case]:
    """Yield the clips, each of them with three limits."""
    for share in (0.5, 0.25, 0.12):
        for name, (picture, length_s) in LONG_PICTURES.items():
            yield Case(
                name=f"{name}-{share:.0%}.mp4".replace("%", ""),
                kind="large",
                arguments=(*X264, *YUV, "-crf", "14", *AAC),
                size=_SIZE,
                length_s=length_s,
                picture=picture.format(size=_SIZE),
                share=share,
            )

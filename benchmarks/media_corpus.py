"""The corpus of the benchmark `media`: codecs, containers, sizes and lengths, odd ones, broken ones; made by ffmpeg."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import attrs

from benchmarks.media_codecs import AAC, CONVERTED, HEVC, NOISE, SMALL, SOUNDS, X264, YUV
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_media.testing import ClipMaker

Kind = Literal["plays", "converted", "large", "sound", "broken"]


@attrs.frozen(kw_only=True)
class Case:
    """A file of the corpus.

    Attributes:
        name: Its name.
        kind: What is expected of it.
        arguments: ffmpeg's arguments for it.
        size: Width and height in pixels.
        length_s: Its length in seconds.
        picture: ffmpeg's source of the picture; a fractal if empty.
        share: The limit as a share of its size, or None.
        limit_bytes: The limit, where there is no share.
    """

    name: str
    kind: Kind
    arguments: tuple[str, ...] = ()
    size: str = "320x180"
    length_s: float = 2
    picture: str = ""
    share: float | None = None
    limit_bytes: int = 8 * MEGABYTE

    def make(self, clips: ClipMaker) -> Path:
        """Return the file."""
        return clips.make(
            self.name, *self.arguments, size=self.size, fps=24, length_s=self.length_s, picture=self.picture
        )


PICTURES: Final = (
    "",
    "testsrc2=s={size}:r=24",
    "life=s={size}:r=24:mold=9:ratio=0.1",
    "gradients=s={size}:r=24:speed=0.05",
)
SIZES: Final = ("320x180", "480x270", "640x360", "270x480")


def list_cases() -> Iterator[Case]:
    """Yield the corpus, without its broken files."""
    yield from (Case(name=name, kind="plays", arguments=arguments) for name, arguments in SMALL.items())
    yield from (Case(name=name, kind="converted", arguments=arguments) for name, arguments in CONVERTED.items())
    codecs = (
        (*X264, *YUV, *NOISE, "-crf", "10"),
        (*HEVC, *YUV, *NOISE, "-crf", "12"),
        ("-c:v", "mpeg4", *NOISE, "-q:v", "2"),
    )
    for number in range(24):
        size, picture = SIZES[number % 4], PICTURES[number // 4 % 4].format(size=SIZES[number % 4])
        codec, suffix = codecs[number % 3], ("mp4", "mkv", "avi")[number % 3]
        sound = AAC if number % 5 else ("-an",)
        yield Case(
            name=f"large{number}.{suffix}",
            kind="large",
            arguments=(*codec, *sound),
            size=size,
            picture=picture,
            length_s=(2, 3)[number // 2 % 2],
            share=(0.6, 0.35, 0.18)[number // 8],
        )
    for megabytes in (8, 10, 20, 50):
        rate = ("-b:v", f"{megabytes * 4:.0f}M", "-minrate", f"{megabytes * 4:.0f}M")
        yield Case(
            name=f"real{megabytes}.mp4",
            kind="large",
            arguments=(*X264, *YUV, "-vf", "noise=alls=40:allf=t", *rate, *AAC),
            size="1280x720",
            length_s=2.5,
            limit_bytes=megabytes * MEGABYTE,
        )
    for name, arguments in SOUNDS.items():
        yield Case(name=name, kind="sound", arguments=("-map", "1:a", *arguments), length_s=20, share=0.35)

"""How well files are made to fit and play: the plugin `media` against what people do instead, over a corpus.

``python -m benchmarks.media_fit [--short] [--peer FF4D FFPROBE]`` writes `results/media_fit.json` and `media_fit.md`.
"""

import argparse
import functools
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.media_broken import make_broken
from benchmarks.media_corpus import Case, list_cases
from benchmarks.media_long import list_long_cases
from benchmarks.media_peers import encode_once, run_ffmpeg4discord
from benchmarks.media_record import Record
from benchmarks.media_report import write_report
from benchmarks.media_site import run_yt_dlp
from benchmarks.media_tools import measure_broken, measure_peer, measure_plugin
from boss_bot_core.plugin import find_ffmpeg
from boss_bot_media.probe.reader import read_duration_s
from boss_bot_media.testing import ClipMaker

_SHORT: Final = 9
"""A short run takes every so many files."""


def measure_all(clips: ClipMaker, peer: tuple[Path, Path] | None, *, short: bool) -> Iterator[Record]:
    """Yield the records of every file and tool."""
    for case in [*list_cases(), *list_long_cases()][:: _SHORT if short else 1]:
        yield from measure_case(clips, case, peer)
    yield from (measure_broken(clips, path) for path in make_broken(clips))


def measure_case(clips: ClipMaker, case: Case, peer: tuple[Path, Path] | None) -> Iterator[Record]:
    """Yield the records of one file in every tool."""
    source = case.make(clips)
    limit = case.limit_bytes if case.share is None else int(source.stat().st_size * case.share)
    yield measure_plugin(clips, source, case.kind, limit, read_duration_s(source))
    if case.kind != "large":
        return
    yield measure_peer("one pass", lambda to: encode_once(clips.ffmpeg, source, to), clips, source, case, limit)
    yield measure_peer("yt-dlp", lambda to: run_yt_dlp(clips.ffmpeg, source, to, limit), clips, source, case, limit)
    if peer is not None:
        run = functools.partial(run_ffmpeg4discord, peer[0], clips.ffmpeg, peer[1], source, limit=limit)
        yield measure_peer("ffmpeg4discord", run, clips, source, case, limit)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="few files")
    parser.add_argument("--peer", nargs=2, type=Path, metavar=("FF4D", "FFPROBE"), help="programs of ffmpeg4discord")
    chosen = parser.parse_args(arguments)
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        raise SystemExit("there is no ffmpeg")
    with tempfile.TemporaryDirectory() as folder:
        peer = tuple(chosen.peer) if chosen.peer else None
        write_report(measure_all(ClipMaker(ffmpeg, Path(folder)), peer, short=chosen.short), keep=not chosen.short)


if __name__ == "__main__":
    main()

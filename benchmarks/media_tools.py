"""One file of the benchmark `media` in one tool: what comes out, how good it is, and what it costs."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import attrs

from benchmarks.media_corpus import Case
from benchmarks.media_peers import Attempt, measure_cpu_s
from benchmarks.media_record import Record, find_fault, measure_picture
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.errors import ChoiceNeededError, DownloadFailedError, FileRejectedError
from boss_bot_core.plugin import FileToInspect
from boss_bot_core.verification.inspection import inspect_file
from boss_bot_media import stream
from boss_bot_media.probe.reader import read_duration_s
from boss_bot_media.testing import ClipMaker, Converter
from boss_bot_media.video.budget import GOOD_SHARES
from boss_bot_media.video.encode import Encoded, encode_video


def measure_plugin(clips: ClipMaker, source: Path, kind: str, limit_bytes: int, length_s: float) -> Record:
    """Return what the plugin makes of a file."""
    record = Record(
        file=source.name,
        kind=kind,
        tool="plugin",
        outcome="kept",
        source_bytes=source.stat().st_size,
        limit_bytes=limit_bytes,
    )
    encoded: list[Encoded] = []

    def keep_shares(*arguments: object) -> Encoded:
        encoded.append(encode_video(*arguments))  # type: ignore[arg-type]
        return encoded[-1]

    with tempfile.TemporaryDirectory() as folder, patch.object(stream, "encode_video", keep_shares):
        before = measure_cpu_s()
        try:
            done = Converter(clips.ffmpeg, Path(folder)).run(source, limit_bytes=limit_bytes)
        except ChoiceNeededError as error:
            return attrs.evolve(record, outcome="asked", reason=str(error), cpu_s=measure_cpu_s() - before)
        except DownloadFailedError as error:
            return attrs.evolve(record, outcome="refused", reason=str(error), cpu_s=measure_cpu_s() - before)
        record = attrs.evolve(record, cpu_s=measure_cpu_s() - before, reason=" ".join(done.notes))
        result = done.files[0].path
        if result == source:
            return attrs.evolve(record, size_bytes=record.source_bytes, share=record.source_bytes / limit_bytes)
        return _complete(attrs.evolve(record, first_share=_find_first(encoded)), clips, result, source, length_s)


def _find_first(encoded: list[Encoded]) -> float | None:
    """Return the share of the first result that was to fill the limit; one that needs less is tried only once."""
    if not encoded or (encoded[-1].tries == 1 and encoded[-1].first_share < GOOD_SHARES[0]):
        return None
    return encoded[-1].first_share


def measure_peer(
    tool: str, run: Callable[[Path], Attempt], clips: ClipMaker, source: Path, case: Case, limit_bytes: int
) -> Record:
    """Return what another tool makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        attempt = run(Path(folder))
        record = Record(
            file=source.name,
            kind=case.kind,
            tool=tool,
            outcome="failed",
            source_bytes=source.stat().st_size,
            limit_bytes=limit_bytes,
            cpu_s=attempt.cpu_s,
        )
        if attempt.path is None:
            return record
        return _complete(record, clips, attempt.path, source, read_duration_s(source))


def _complete(record: Record, clips: ClipMaker, result: Path, source: Path, length_s: float) -> Record:
    size_bytes = result.stat().st_size
    ssim, vmaf = measure_picture(clips, result, source) or (None, None)
    return attrs.evolve(
        record,
        outcome="made",
        size_bytes=size_bytes,
        share=size_bytes / record.limit_bytes,
        fault=find_fault(result, source, record.limit_bytes, length_s),
        ssim=ssim,
        vmaf=vmaf,
    )


def measure_broken(clips: ClipMaker, path: Path) -> Record:
    """Return the reason for which a broken file never reaches the plugin."""
    try:
        inspect_file(FileToInspect(path=path, kind="video", size_bytes=path.stat().st_size))
    except FileRejectedError as error:
        return Record(file=path.name, kind="broken", tool="core", outcome="refused", reason=str(error))
    return measure_plugin(clips, path, "broken", 8 * MEGABYTE, 0)

"""The record of one file of the benchmark `media`, and the measurement of a result's picture against its source's."""

import re
from pathlib import Path

import attrs

from boss_bot_core.errors import FileRejectedError
from boss_bot_media.check import find_result_fault
from boss_bot_media.probe.reader import read_probe
from boss_bot_media.testing import ClipMaker


@attrs.frozen(kw_only=True)
class Record:
    """What one tool made of one file.

    Attributes:
        file: The file of the corpus.
        kind: What was expected of it.
        tool: The plugin, or what people do instead.
        outcome: `kept`, `made`, `asked`, `refused` or `failed`.
        reason: Why, in a sentence.
        source_bytes: Size of the source.
        limit_bytes: The limit.
        size_bytes: Size of the result.
        share: Size of the result as a share of the limit.
        first_share: That of the first encoding, where the budget was to be filled.
        fault: What is wrong with the result; empty if nothing is.
        ssim: Similarity of the picture, 0 to 1; None without a picture, and where its colours were changed.
        vmaf: VMAF of every eighth frame, 0 to 100; None likewise.
        cpu_s: Seconds of CPU time.
    """

    file: str
    kind: str
    tool: str
    outcome: str
    reason: str = ""
    source_bytes: int = 0
    limit_bytes: int = 0
    size_bytes: int = 0
    share: float | None = None
    first_share: float | None = None
    fault: str = ""
    ssim: float | None = None
    vmaf: float | None = None
    cpu_s: float = 0.0


def find_fault(result: Path, source: Path, limit_bytes: int, length_s: float) -> str:
    """Return what is wrong with a result: its size, its streams, its length, or that it cannot be decoded."""
    original = read_probe(source)
    try:
        fault = find_result_fault(
            result,
            limit_bytes,
            duration_s=length_s,
            has_video=original.video is not None,
            has_audio=original.audio is not None,
        )
    except FileRejectedError as error:
        return str(error)
    return fault or ""


def measure_picture(clips: ClipMaker, result: Path, source: Path) -> tuple[float, float] | None:
    """Return SSIM and VMAF of a result's picture against its source's, at the source's size and frame rate."""
    try:
        track = read_probe(source).video
    except FileRejectedError:
        return None
    if track is None or track.transfer != "sdr":
        return None
    width, height = track.shown_size
    even = f"setpts=PTS-STARTPTS,fps=24,scale={width}:{height}:flags=bicubic,setsar=1,format=yuv420p,split"
    graph = f"[0:v]{even}[a][c];[1:v]{even}[b][d];[a][b]ssim=shortest=1;[c][d]libvmaf=n_subsample=8:shortest=1"
    said = clips.run("-i", str(result), "-i", str(source), "-lavfi", graph, "-f", "null", "-")
    ssim, vmaf = re.search(r"SSIM .*All:([\d.]+)", said), re.search(r"VMAF score: ([\d.]+)", said)
    return (float(ssim[1]), float(vmaf[1])) if ssim and vmaf else None

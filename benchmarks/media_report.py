"""The report of the benchmark `media`: a record for each file as JSON, and a table for people."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Final

import attrs

from benchmarks.media_record import Record

RESULTS: Final = Path(__file__).with_name("results")
_TOOLS: Final = ("plugin", "ffmpeg4discord", "yt-dlp", "one pass")


def write_report(records: Iterable[Record], *, keep: bool) -> None:
    """Print each record as it comes, and the tables in the end.

    Args:
        records: The records.
        keep: Whether they are written into `results` as well.
    """
    found = []
    for record in records:
        found.append(record)
        share = f"{record.share:6.1%}" if record.share is not None else "     -"
        ssim = f"{record.ssim:.4f}" if record.ssim is not None else "-"
        print(
            f"{record.file:18} {record.tool:15} {record.outcome:8} {share} ssim {ssim:7} {record.cpu_s:6.1f} s", end=" "
        )
        print(record.fault or record.reason, flush=True)
    table = "\n".join([*_list_tools(found), "", *_list_kinds(found)])
    print(table)
    if keep:
        RESULTS.mkdir(exist_ok=True)
        text = json.dumps([attrs.asdict(record) for record in found], indent=1)
        (RESULTS / "media_fit.json").write_text(text + "\n")
        (RESULTS / "media_fit.md").write_text(f"# Files that are made to fit and play\n\n{table}\n")


def _list_tools(records: Sequence[Record]) -> list[str]:
    lines = ["| Too large files | fit | decode, length, streams | 90-100 % | first try | SSIM | VMAF | CPU s |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for tool in _TOOLS:
        made = [record for record in records if record.kind == "large" and record.tool == tool]
        if not made:
            continue
        shares = [record.share or 9.0 for record in made if record.outcome == "made"]
        firsts = [record.first_share for record in made if record.first_share is not None]
        ssims = [record.ssim for record in made if record.ssim is not None and (record.share or 9) <= 1]
        vmafs = [record.vmaf for record in made if record.vmaf is not None and (record.share or 9) <= 1]
        good_first = f"{sum(0.9 <= share <= 1 for share in firsts)} of {len(firsts)}" if firsts else "-"
        sound = sum(record.outcome == "made" and not _is_damaged(record) for record in made)
        lines.append(
            f"| {tool} | {sum(share <= 1 for share in shares)} of {len(made)} | {sound} of {len(made)} "
            f"| {sum(0.9 <= share <= 1 for share in shares)} | {good_first} "
            f"| mean {mean(ssims or [0]):.4f}, median {median(ssims or [0]):.4f} of {len(ssims)} that fit "
            f"| {mean(vmafs or [0]):.1f} | {sum(record.cpu_s for record in made):.0f} |"
        )
    return lines


def _is_damaged(record: Record) -> bool:
    return bool(record.fault) and "larger than the limit" not in record.fault


def _list_kinds(records: Sequence[Record]) -> list[str]:
    lines = ["| Kind | files | outcomes | faults | CPU s, median |", "|---|---|---|---|---|"]
    own = [record for record in records if record.tool in {"plugin", "core"}]
    for kind in dict.fromkeys(record.kind for record in own):
        group = [record for record in own if record.kind == kind]
        outcomes = {record.outcome: sum(each.outcome == record.outcome for each in group) for record in group}
        faults = sum(bool(record.fault) for record in group)
        words = ", ".join(f"{count} {name}" for name, count in outcomes.items())
        lines.append(f"| {kind} | {len(group)} | {words} | {faults} | {median(each.cpu_s for each in group):.3f} |")
    return lines

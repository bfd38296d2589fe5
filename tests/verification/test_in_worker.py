"""Tests for verification in a confined worker, which can only read the files."""

import os
from pathlib import Path

from PIL import Image

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin import FileFacts, FileToInspect
from boss_bot_core.plugin.loader import installed_entry_points
from boss_bot_core.worker import Confinement, InspectFinished, InspectJob, Inspector, Zygote, ZygoteOptions

OTHERS = frozenset(point.name for point in installed_entry_points()) - {"verification"}


async def test_every_kind_of_file_is_inspected_in_a_confined_worker(media_files: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "page.mp4"
    bad.write_text("<!doctype html><title>Please sign in</title>", encoding="utf-8")
    wide = tmp_path / "wide.png"
    Image.new("1", (9_000, 9_000)).save(wide)
    paths = [*media_files, bad, wide]
    job = InspectJob(
        files=tuple(FileToInspect[None](path=path, kind="any", size_bytes=1) for path in paths),
        inspectors=(Inspector(plugin="verification"),),
    )
    coverage = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE_")}
    # The default confinement, with too little memory to decode the bomb.
    confinement = Confinement(max_address_space_bytes=1024 * 1_048_576)
    async with (
        Zygote(ZygoteOptions(disabled=OTHERS, extra_environment=coverage)) as zygote,
        await zygote.spawn(job, confinement) as worker,
    ):
        *_, last = [event async for event in worker.read_events()]
    assert isinstance(last, InspectFinished)
    outcomes = dict(zip((path.name for path in paths), last.outcomes, strict=True))
    rejected = {name: outcome for name, outcome in outcomes.items() if isinstance(outcome, ErrorReport)}
    assert rejected.keys() == {"page.mp4", "wide.png"}
    assert {report.kind for report in rejected.values()} == {"FileRejectedError"}
    clip = outcomes["clip.mp4"]
    assert isinstance(clip, FileFacts)
    assert (clip.mime_type, clip.width, clip.height) == ("video/mp4", 160, 120)

"""The files of a post-processing plan: copies without the bytes that a plugin cuts out, made by the bot itself."""

from collections.abc import Sequence
from pathlib import Path

import attrs

from boss_bot_core.plugin import PostProcessResult, ProcessedFile
from boss_bot_core.plugin.post_process_plan import PostProcessPlan, copy_ranges
from boss_bot_core.storage import VerifiedFile


def carry_out(plan: PostProcessPlan, paths: Sequence[Path], directory: Path) -> PostProcessResult:
    """Make the files of a plan below `directory`, and return the result that a worker would have; blocking.

    Raises:
        OSError: The disk is full, for example.
    """
    files = []
    for number, (source, ranges) in enumerate(zip(paths, plan.kept, strict=True)):
        target = source
        if ranges is not None:
            target = directory / f"{number}" / source.name  # two sources may have one name
            target.parent.mkdir(exist_ok=True)
            with target.open("wb") as stream:
                copy_ranges(source, ranges, stream.fileno())
        files.append(ProcessedFile(path=target, source=source))
    return PostProcessResult(files=tuple(files), notes=plan.notes)


def take_planned(before: Sequence[VerifiedFile], after: Sequence[ProcessedFile]) -> tuple[VerifiedFile, ...]:
    """Return the files of a plan as verified: the worker has inspected exactly the bytes that they have."""
    return tuple(
        attrs.evolve(file, fetched=attrs.evolve(file.fetched, path=made.path))
        for file, made in zip(before, after, strict=True)
    )

"""The output of the post-process stage: what each file becomes, and which files are left out because of their size."""

from collections.abc import Sequence
from pathlib import Path

import attrs

from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.plugin import FetchedFile, FileFacts, PostProcessResult, ProcessedFile
from boss_bot_core.plugin.post_process_plan import PostProcessPlan, copy_ranges
from boss_bot_core.storage import VerifiedFile


@attrs.frozen(kw_only=True)
class Processed:
    """The output of the stage.

    Attributes:
        files: The files to store.
        skipped: The files that could not be made to fit, with the reasons.
        notes: The changes.
    """

    files: tuple[VerifiedFile, ...]
    skipped: tuple[SkippedFile, ...] = ()
    notes: tuple[str, ...] = ()


def describe(file: VerifiedFile, processed: ProcessedFile) -> VerifiedFile:
    """Return a file with the description and the thumbnail that a plugin made for it."""
    alt_text = processed.description or file.fetched.alt_text
    return attrs.evolve(
        file, fetched=attrs.evolve(file.fetched, alt_text=alt_text), thumbnail=processed.thumbnail or file.thumbnail
    )


def leave_out_larger(
    files: tuple[VerifiedFile, ...], limit_bytes: int
) -> tuple[tuple[VerifiedFile, ...], tuple[SkippedFile, ...]]:
    """Return the files within the limit, and the other ones with the reason."""
    sizes = [file.path.stat().st_size for file in files]
    reason = "It has {}, and could not be made to fit into {}."
    skipped = (
        SkippedFile(
            name=file.fetched.name or file.path.name, reason=reason.format(format_size(size), format_size(limit_bytes))
        )
        for file, size in zip(files, sizes, strict=True)
        if size > limit_bytes
    )
    return tuple(file for file, size in zip(files, sizes, strict=True) if size <= limit_bytes), tuple(skipped)


def to_verified_files(files: tuple[DownloadedFile, ...]) -> tuple[VerifiedFile, ...]:
    """Return stored files as they were before they were stored, so that they can be converted."""
    return tuple(
        VerifiedFile(
            fetched=FetchedFile(path=file.file_path, name=file.filename, alt_text=file.alt_text),
            facts=FileFacts(
                mime_type=file.mime_type,
                extension=file.file_path.suffix,
                width=file.width,
                height=file.height,
                duration_s=file.duration_s,
            ),
            thumbnail=file.thumbnail_path,
        )
        for file in files
    )


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

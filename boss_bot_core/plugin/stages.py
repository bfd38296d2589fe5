"""Requests and results of the hooks that run after the download: inspection and post-processing."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Generic

import attrs

from boss_bot_core.plugin.declared_settings import SettingsT_co
from boss_bot_core.plugin.download_result import FileKind
from boss_bot_core.plugin.matching import ExtraFileType


@attrs.frozen(kw_only=True)
class FileToInspect(Generic[SettingsT_co]):
    """A fetched file that is not verified yet.

    Attributes:
        path: Absolute path; the hook may read the file but not change it.
        kind: Kind of file, as the source names it: a hint, because the content decides.
        size_bytes: Size in bytes.
        extra_types: Types that the platform declares beside images, video and audio.
        settings: The plugin's own settings; None if it declares none.
    """

    path: Path
    kind: FileKind
    size_bytes: int
    extra_types: tuple[ExtraFileType, ...] = ()
    settings: SettingsT_co = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class FileFacts:
    """What an inspection found out about a file's content; an unknown fact is None.

    Attributes:
        mime_type: MIME type of the content.
        extension: Usual extension for the MIME type, with the dot.
        width: Width in pixels.
        height: Height in pixels.
        duration_s: Length in seconds.
    """

    mime_type: str | None = None
    extension: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


def merge_facts(answers: Iterable[FileFacts | None]) -> FileFacts:
    """Return the facts of several inspections; a later one only fills in missing facts."""
    known: dict[str, Any] = {}
    for facts in answers:
        found = {} if facts is None else attrs.asdict(facts)
        known.update({field: value for field, value in found.items() if known.get(field) is None})
    return FileFacts(**known)


@attrs.frozen(kw_only=True)
class ProcessedFile:
    """A file after post-processing.

    Attributes:
        path: Path of the file, inside the request's directory; an unchanged file keeps its own path.
        source: Path of the request's file that it was made from.
    """

    path: Path
    source: Path


@attrs.frozen(kw_only=True)
class PostProcessRequest:
    """Verified files that plugins may convert, so that they fit the destination and every player supports them.

    Attributes:
        files: Absolute paths of the files, in source order.
        directory: Folder for new files, the only place that the hook may write to.
        max_file_size_bytes: The destination's limit for one file.
        ffmpeg: Path of the ffmpeg program, or None if the host has none.
    """

    files: tuple[Path, ...]
    directory: Path
    max_file_size_bytes: int
    ffmpeg: Path | None = None


@attrs.frozen(kw_only=True)
class PostProcessResult:
    """The files after post-processing.

    Attributes:
        files: One or more files for each source, in order; an unchanged file is its own source.
        notes: Descriptions of the changes, for the stored metadata.
    """

    files: tuple[ProcessedFile, ...]
    notes: tuple[str, ...] = ()


PostProcessHook = Callable[[PostProcessRequest], PostProcessResult | None]


def chain_steps(request: PostProcessRequest, steps: Iterable[PostProcessHook]) -> PostProcessResult:
    """Return the result of several steps in a row; each gets the files that the previous one returned."""
    result = PostProcessResult(files=tuple(ProcessedFile(path=path, source=path) for path in request.files))
    for take_step in steps:
        step = take_step(attrs.evolve(request, files=tuple(file.path for file in result.files)))
        if step is not None:
            # The sources of the step are the files of the steps before it.
            origin = {file.path: file.source for file in result.files}
            files = tuple(attrs.evolve(file, source=origin.get(file.source, file.source)) for file in step.files)
            result = PostProcessResult(files=files, notes=(*result.notes, *step.notes))
    return result

"""Requests and results of the hooks that run after the download: inspection and post-processing."""

from pathlib import Path

import attrs

from boss_bot_core.plugin.download_result import FileKind


@attrs.frozen(kw_only=True)
class FileToInspect:
    """A fetched file that is not verified yet.

    Attributes:
        path: Absolute path; the hook may read the file but not change it.
        kind: Kind of file, as the source names it: a hint, because the content decides.
        size_bytes: Size in bytes.
    """

    path: Path
    kind: FileKind
    size_bytes: int


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


def build_unchanged_result(request: PostProcessRequest) -> PostProcessResult:
    """Return the result that keeps every file of the request as it is."""
    return PostProcessResult(files=tuple(ProcessedFile(path=path, source=path) for path in request.files))


def chain_results(previous: PostProcessResult, step: PostProcessResult) -> PostProcessResult:
    """Return the result of two steps in a row.

    Args:
        previous: Result of the steps so far.
        step: Result of the next step, whose sources are the files of `previous`; they are replaced by the sources of
            those files.
    """
    origin = {file.path: file.source for file in previous.files}
    files = tuple(attrs.evolve(file, source=origin.get(file.source, file.source)) for file in step.files)
    return PostProcessResult(files=files, notes=(*previous.notes, *step.notes))

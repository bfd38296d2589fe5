"""What the hooks after the download exchange: inspection and post-processing."""

from pathlib import Path

import attrs

from boss_bot_core.plugin.download import FileKind


@attrs.frozen(kw_only=True)
class FileToInspect:
    """A fetched file before anybody trusts it.

    Attributes:
        path: Absolute path, readable, not to be changed.
        kind: What the source says it is.
        size_bytes: Size in bytes.
    """

    path: Path
    kind: FileKind
    size_bytes: int


@attrs.frozen(kw_only=True)
class FileFacts:
    """What an inspection found out about a file's content; a field nobody knows stays None.

    Attributes:
        mime_type: Type by content.
        extension: Usual extension for it, with the dot.
        width: Pixels.
        height: Pixels.
        duration_s: Seconds.
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
        path: Where it is, inside the request's directory.
        source: Which file of the request it was made from.
    """

    path: Path
    source: Path


@attrs.frozen(kw_only=True)
class PostProcessRequest:
    """Files to turn into files that fit and play.

    Attributes:
        files: Absolute paths, verified, in source order.
        directory: Folder for new files: the only place that may be written.
        max_file_size_bytes: The destination's limit.
        ffmpeg: The ffmpeg to use, or None where there is none.
    """

    files: tuple[Path, ...]
    directory: Path
    max_file_size_bytes: int
    ffmpeg: Path | None = None


@attrs.frozen(kw_only=True)
class PostProcessResult:
    """What became of the request's files.

    Attributes:
        files: One or more for each source, in order; an untouched file is its own source.
        notes: What was done, for the metadata.
    """

    files: tuple[ProcessedFile, ...]
    notes: tuple[str, ...] = ()


def untouched(request: PostProcessRequest) -> PostProcessResult:
    """Return the result that leaves every file as it is."""
    return PostProcessResult(files=tuple(ProcessedFile(path=path, source=path) for path in request.files))


def chained(before: PostProcessResult, step: PostProcessResult) -> PostProcessResult:
    """Return `step`, made from the files of `before`, with sources led back to where `before` had them from."""
    origin = {file.path: file.source for file in before.files}
    files = tuple(attrs.evolve(file, source=origin.get(file.source, file.source)) for file in step.files)
    return PostProcessResult(files=files, notes=(*before.notes, *step.notes))

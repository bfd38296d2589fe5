"""The processing of a request: each file by its family, one after the other."""

from pathlib import Path

import attrs

from boss_bot_core.plugin import (
    ConversionProgress,
    FileRejectedError,
    FileTooLargeError,
    PostProcessRequest,
    PostProcessResult,
    ProcessedFile,
    SkippedFile,
)
from boss_bot_media._settings import MediaSettings
from boss_bot_media.conditions import build_conditions
from boss_bot_media.content_family import read_family
from boss_bot_media.conversion import Conversion
from boss_bot_media.ffmpeg.run import Ffmpeg
from boss_bot_media.images.conversion import ImageConversion
from boss_bot_media.images.process import process_image
from boss_bot_media.outcome import Outcome, keep_file
from boss_bot_media.probe.reader import read_probe
from boss_bot_media.stream import process_stream

Request = PostProcessRequest[MediaSettings]


def process_files(request: Request) -> PostProcessResult:
    """Return the files to deliver, in source order, and those that cannot be made to fit.

    Raises:
        ChoiceNeededError: A person has to choose first.
        FileTooLargeError: No file can be made to fit.
    """
    files: list[ProcessedFile] = []
    notes: list[str] = []
    skipped: list[SkippedFile] = []
    for number, path in enumerate(request.files):
        try:
            outcome = _process(request, number)
        except FileTooLargeError as error:
            if len(request.files) == 1:
                raise
            skipped.append(SkippedFile(name=path.name, reason=str(error)))
            continue
        files += [ProcessedFile(source=path, **attrs.asdict(file)) for file in outcome.files]
        notes += [outcome.note] if outcome.note else []
    if not files:
        raise FileTooLargeError(skipped[0].reason)
    return PostProcessResult(files=tuple(files), notes=tuple(notes), skipped=tuple(skipped))


def _process(request: Request, number: int) -> Outcome:
    path = request.files[number]
    family = read_family(path)
    if family == "image":
        return _process_image(request, number)
    if family == "document":
        return keep_file(path)
    try:
        conversion = _build_conversion(request, number, path)
    except FileRejectedError:
        # Subtitles, which their platform declares.
        return keep_file(path)
    return process_stream(conversion)


def _process_image(request: Request, number: int) -> Outcome:
    path = request.files[number]
    if "image" not in request.settings.kinds:
        return keep_file(path)

    def convert_to_video(animation: Path) -> Outcome:
        return process_stream(_build_conversion(request, number, animation))

    conversion = ImageConversion(
        source=path,
        directory=request.directory / f"{number}",
        limit_bytes=request.max_file_size_bytes,
        encoded_limit_bytes=min(request.max_file_size_bytes, request.limit_for("image")),
        settings=request.settings,
        convert_to_video=None if request.ffmpeg is None else convert_to_video,
    )
    return process_image(conversion)


def _build_conversion(request: Request, number: int, source: Path) -> Conversion:
    """Return the conversion of a file's streams.

    Raises:
        FileRejectedError: The file has none.
    """
    probe = read_probe(source)
    # A folder for each file: two sources may have one name.
    directory = request.directory / f"{number}"
    directory.mkdir(exist_ok=True)
    program = None
    if request.ffmpeg is not None:
        program = Ffmpeg(program=request.ffmpeg, threads=request.threads, nice=request.settings.nice)
    name, count = request.files[number].name, len(request.files)

    def report(fraction: float) -> None:
        progress = ConversionProgress(filename=name, fraction=fraction, file_index=number + 1, file_count=count)
        request.report(progress)

    return Conversion(
        source=source,
        directory=directory,
        probe=probe,
        conditions=build_conditions(request),
        program=program,
        report=report,
    )

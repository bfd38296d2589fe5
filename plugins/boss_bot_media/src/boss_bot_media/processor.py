"""The processing of a request: each file by its family, one after the other."""

from boss_bot_core.plugin import PostProcessRequest, PostProcessResult, ProcessedFile
from boss_bot_media._settings import MediaSettings
from boss_bot_media.content_family import read_family
from boss_bot_media.images.process import process_image
from boss_bot_media.outcome import Outcome
from boss_bot_media.video.remux import process_stream


def process_files(request: PostProcessRequest) -> PostProcessResult:
    """Return the files to deliver, in source order.

    Raises:
        DownloadFailedError: A file cannot be delivered.
    """
    outcomes = [(path, _process(request, number)) for number, path in enumerate(request.files)]
    files = [ProcessedFile(path=file.path, source=path) for path, outcome in outcomes for file in outcome.files]
    notes = tuple(outcome.note for _, outcome in outcomes if outcome.note)
    return PostProcessResult(files=tuple(files), notes=notes)


def _process(request: PostProcessRequest, number: int) -> Outcome:
    path = request.files[number]
    # A folder for each file: two sources may have one name.
    directory = request.directory / f"{number}"
    if read_family(path) == "image":
        return process_image(path, directory, request.max_file_size_bytes, MediaSettings())
    directory.mkdir(exist_ok=True)
    return process_stream(path, directory)

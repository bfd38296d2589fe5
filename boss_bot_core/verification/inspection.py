"""The inspection of one file: the order of its checks. The content alone decides what a file is."""

from boss_bot_core.plugin import FileFacts, FileRejectedError, FileToInspect
from boss_bot_core.verification.documents import inspect_document
from boss_bot_core.verification.images import inspect_image
from boss_bot_core.verification.media_types import REFUSED_IMAGES
from boss_bot_core.verification.signatures import find_embedded_format, read_signature
from boss_bot_core.verification.streams import inspect_stream
from boss_bot_core.verification.truncation import is_truncated


def inspect_file(file: FileToInspect) -> FileFacts:
    """Inspect a file's content and return its facts.

    Raises:
        FileRejectedError: The file is empty, damaged, dangerous, or no media and of no type that the platform declares.
    """
    if file.path.stat().st_size == 0:
        raise FileRejectedError("The file is empty.")
    document = inspect_document(file.path, file.extra_types)
    if document is not None:
        return document
    signature = read_signature(file.path)
    if signature.family is None:
        raise FileRejectedError(f"The file is no media: it is {signature.name}.")
    if signature.name in REFUSED_IMAGES:
        raise FileRejectedError(REFUSED_IMAGES[signature.name])
    embedded = find_embedded_format(file.path)
    if embedded is not None:
        raise FileRejectedError(f"The file is not only media: it is also {embedded}.")
    if is_truncated(file.path):
        raise FileRejectedError("The file is cut off.")
    # The source's kind is a hint: it selects the decoder of a type that the signatures lack.
    is_image = signature.family == "image" or (signature.family == "unknown" and file.kind == "image")
    return inspect_image(file.path) if is_image else inspect_stream(file.path)

"""The inspection of one file: the order of its checks, and the comparison of its content with its claimed kind."""

import mimetypes

from boss_bot_core.plugin import FileFacts, FileRejectedError, FileToInspect
from boss_bot_core.verification.images import inspect_image
from boss_bot_core.verification.signatures import find_embedded_format, read_signature
from boss_bot_core.verification.streams import inspect_stream
from boss_bot_core.verification.truncation import is_truncated

_TYPES = mimetypes.MimeTypes(filenames=())
_KINDS = ("image", "video", "audio")
# A GIF is an image by its type, and is used as a video.
_ALSO_VIDEO = frozenset({"image/gif", "image/webp", "image/avif", "image/png"})


def inspect_file(file: FileToInspect) -> FileFacts:
    """Inspect a file's content and return its facts.

    Raises:
        FileRejectedError: The file is empty, damaged, dangerous, or not of its claimed kind.
    """
    if file.path.stat().st_size == 0:
        raise FileRejectedError("The file is empty.")
    signature = read_signature(file.path)
    if signature.family is None:
        raise FileRejectedError(f"The file is no media: it is {signature.name}.")
    embedded = find_embedded_format(file.path)
    if embedded is not None:
        raise FileRejectedError(f"The file is not only media: it is also {embedded}.")
    if is_truncated(file.path):
        raise FileRejectedError("The file is cut off.")
    facts = inspect_image(file.path) if signature.family == "image" else inspect_stream(file.path)
    _check_claim(file, facts)
    return facts


def _check_claim(file: FileToInspect, facts: FileFacts) -> None:
    found = (facts.mime_type or "").partition("/")[0]
    claimed = _list_claimed_kinds(file)
    if found not in claimed and not ("video" in claimed and facts.mime_type in _ALSO_VIDEO and facts.duration_s):
        raise FileRejectedError(f"The file claims to be {claimed[0]}, and is {found}.")


def _list_claimed_kinds(file: FileToInspect) -> tuple[str, ...]:
    if file.kind != "any":
        return (file.kind,)
    guessed, _ = _TYPES.guess_type(f"x{file.path.suffix.lower()}")
    if guessed is not None and guessed.startswith("image/"):
        return ("image",)
    # The extensions of most containers are used for video and for audio alone.
    return ("video", "audio") if guessed is not None and guessed.startswith(("video/", "audio/")) else _KINDS

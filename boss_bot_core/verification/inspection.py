"""The order in which a file is looked at, and what its content must have in common with what it claims to be."""

import mimetypes

from boss_bot_core.plugin import FileFacts, FileRejectedError, FileToInspect
from boss_bot_core.verification.images import inspect_image
from boss_bot_core.verification.signatures import find_embedded_format, read_signature
from boss_bot_core.verification.streams import inspect_stream

_TYPES = mimetypes.MimeTypes(filenames=())
_KINDS = ("image", "video", "audio")
# A GIF is a picture by its type and a video by what it is used for.
_ALSO_VIDEO = frozenset({"image/gif", "image/webp", "image/avif", "image/png"})


def inspect_file(file: FileToInspect) -> FileFacts:
    """Look at a file's content.

    Raises:
        FileRejectedError: It is empty, damaged, dangerous, or not what it claims to be.
    """
    if file.path.stat().st_size == 0:
        raise FileRejectedError("The file is empty.")
    signature = read_signature(file.path)
    if signature.family is None:
        raise FileRejectedError(f"The file is no media: it is {signature.name}.")
    other = find_embedded_format(file.path)
    if other is not None:
        raise FileRejectedError(f"The file is not only media: it is also {other}.")
    facts = inspect_image(file.path) if signature.family == "picture" else inspect_stream(file.path)
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
    # Most containers' endings are used for video and for sound alone.
    return ("video", "audio") if guessed is not None and guessed.startswith(("video/", "audio/")) else _KINDS

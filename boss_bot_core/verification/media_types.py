"""The accepted media types, with their MIME types and file extensions."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs


@attrs.frozen
class MediaType:
    """A type of media.

    Attributes:
        mime_type: The MIME type.
        extension: The usual file extension, with the dot.
    """

    mime_type: str
    extension: str


IMAGES: Mapping[str, MediaType] = MappingProxyType(
    {
        "JPEG": MediaType("image/jpeg", ".jpg"),
        "MPO": MediaType("image/jpeg", ".jpg"),
        "PNG": MediaType("image/png", ".png"),
        "GIF": MediaType("image/gif", ".gif"),
        "WEBP": MediaType("image/webp", ".webp"),
        "AVIF": MediaType("image/avif", ".avif"),
        "HEIF": MediaType("image/heic", ".heic"),
        "BMP": MediaType("image/bmp", ".bmp"),
        "TIFF": MediaType("image/tiff", ".tiff"),
    }
)
"""The accepted image types by Pillow's name of the format; HEIF only where its decoder, pi-heif, is installed."""

REFUSED_IMAGES: Mapping[str, str] = MappingProxyType(
    {
        "image/svg+xml": "SVG pictures are refused, because they can run code where they are opened.",
        "image/jxl": "JPEG XL pictures are refused, because there is no decoder for them.",
    }
)
"""The sentences for image types that are never accepted, by MIME type. The one decoder of JPEG XL for Pillow is GPL."""

_ISO = "mov,mp4,m4a,3gp,3g2,mj2"
_MATROSKA = "matroska,webm"

_VIDEO = {
    _ISO: MediaType("video/mp4", ".mp4"),
    _MATROSKA: MediaType("video/x-matroska", ".mkv"),
    "ogg": MediaType("video/ogg", ".ogv"),
    "avi": MediaType("video/x-msvideo", ".avi"),
    "flv": MediaType("video/x-flv", ".flv"),
    "mpegts": MediaType("video/mp2t", ".ts"),
    "mpeg": MediaType("video/mpeg", ".mpg"),
    "asf": MediaType("video/x-ms-wmv", ".wmv"),
}
_AUDIO = {
    _ISO: MediaType("audio/mp4", ".m4a"),
    _MATROSKA: MediaType("audio/x-matroska", ".mka"),
    "ogg": MediaType("audio/ogg", ".ogg"),
    "mp3": MediaType("audio/mpeg", ".mp3"),
    "wav": MediaType("audio/wav", ".wav"),
    "flac": MediaType("audio/flac", ".flac"),
    "aac": MediaType("audio/aac", ".aac"),
    "asf": MediaType("audio/x-ms-wma", ".wma"),
}
CONTAINERS = tuple(sorted({name for names in (*_VIDEO, *_AUDIO) for name in names.split(",")}))
"""FFmpeg's names of the accepted containers: none of them can refer to another file or address."""

_WEBM_CODECS = frozenset({"vp8", "vp9", "av1", "opus", "vorbis"})


def find_stream_type(container: str, *, video: bool, codecs: frozenset[str], brand: str) -> MediaType | None:
    """Return the type of a file with streams, or None when the type is not accepted.

    Args:
        container: FFmpeg's name of the container.
        video: Whether the file has a video stream.
        codecs: FFmpeg's names of the codecs.
        brand: The major brand of an ISO file.
    """
    if container == _MATROSKA and codecs <= _WEBM_CODECS:
        # WebM is a Matroska file with certain codecs, and browsers play only WebM.
        return MediaType("video/webm" if video else "audio/webm", ".webm")
    if container == _ISO and video and brand.strip() == "qt":
        return MediaType("video/quicktime", ".mov")
    return (_VIDEO if video else _AUDIO).get(container)

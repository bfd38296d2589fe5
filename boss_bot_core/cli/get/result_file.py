"""A delivered file in the result of `boss-bot get`."""

import attrs

from boss_bot_core.domain.media import DownloadedFile


@attrs.frozen(kw_only=True)
class ResultFile:
    """A file in the output folder.

    Attributes:
        path: Absolute path.
        size_bytes: Size in bytes.
        mime_type: MIME type of the content.
        sha256: SHA-256 checksum, hexadecimal.
        thumbnail: Absolute path of a small picture of the file in the storage, kept as long as the file there.
        description: Text for people who cannot see the file.
    """

    path: str
    size_bytes: int
    mime_type: str
    sha256: str
    thumbnail: str | None = None
    description: str | None = None

    @classmethod
    def from_file(cls, file: DownloadedFile, path: str) -> "ResultFile":
        """Return the result for a file whose copy is at `path`."""
        return cls(
            path=path,
            size_bytes=file.size_bytes,
            mime_type=file.mime_type,
            sha256=file.checksum,
            thumbnail=None if file.thumbnail_path is None else str(file.thumbnail_path),
            description=file.alt_text,
        )

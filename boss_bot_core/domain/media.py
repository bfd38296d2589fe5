"""Media of a post: its metadata in one shape for all platforms, its stored files, and its skipped files."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none


@attrs.frozen(kw_only=True)
class MediaInfo:
    """A post's metadata; every text is the platform's own, untrusted and unescaped.

    Attributes:
        media_id: The post's id on its platform.
        title: Title, or None where the platform has none.
        text: The text of the post.
        author: Display name or handle.
        permalink: The post's public address.
        created_at: Time of the post, UTC.
        adult: Whether the platform marks it as adult.
        duration_s: Length in seconds, if the platform tells it.
    """

    media_id: str | None = None
    title: str | None = None
    text: str | None = None
    author: str | None = None
    permalink: str | None = None
    created_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
    adult: bool = False
    duration_s: float | None = None

    @property
    def caption(self) -> str | None:
        """The title, or the text if there is no title."""
        return self.title or self.text


@attrs.frozen(kw_only=True)
class DownloadedFile:
    """A verified file in the storage.

    Attributes:
        id: The file's id.
        download_item_id: Id of the item that the file belongs to.
        filename: Safe name on disk and in messages, chosen by the bot.
        file_path: Absolute path.
        size_bytes: Size in bytes.
        mime_type: MIME type, detected from the content, not from the name.
        created_at: Time at which it was stored, UTC.
        expires_at: Time at which its retention ends, UTC.
        checksum: SHA-256, hexadecimal.
        position: Position in source order, from 0.
        alt_text: The platform's description for users who cannot see it.
        width: Picture width in pixels when known.
        height: Picture height in pixels when known.
        duration_s: Length in seconds when known.
        thumbnail_path: Absolute path of a small picture of the file, or None.
    """

    id: UUID
    download_item_id: UUID
    filename: str
    file_path: Path
    size_bytes: int
    mime_type: str
    created_at: datetime = attrs.field(converter=to_utc)
    expires_at: datetime = attrs.field(converter=to_utc)
    checksum: str
    position: int = 0
    alt_text: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    thumbnail_path: Path | None = None


@attrs.frozen(kw_only=True)
class SkippedFile:
    """A file of the post that was not delivered, and why.

    Attributes:
        name: Name of the file for the user.
        reason: One sentence, without host paths or secrets.
    """

    name: str
    reason: str

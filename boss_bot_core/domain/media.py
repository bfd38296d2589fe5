"""What a platform tells of a post, mapped to one shape for every platform.

Files that a download produced and that storage keeps.
"""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none, utc_now


@attrs.frozen(kw_only=True)
class MediaInfo:
    """A post's metadata; every text is the platform's own, untrusted and unescaped.

    Attributes:
        media_id: The post's id on its platform.
        title: Title, or None where the platform has none.
        text: The post's own words.
        author: Name shown or handle.
        permalink: The post's public address.
        created_at: When it was posted, UTC.
        adult: Whether the platform marks it as adult.
        duration_s: Length in seconds when the platform tells it.
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
        """The title, or else the text."""
        return self.title or self.text


@attrs.frozen(kw_only=True)
class DownloadedFile:
    """A verified file in organised storage.

    Attributes:
        id: Its own id.
        download_item_id: The item it belongs to.
        filename: Name on disk and in messages: safe, ours.
        file_path: Absolute path.
        size_bytes: Size in bytes.
        mime_type: Type by content, not by name.
        created_at: When it was organised, UTC.
        expires_at: When retention ends, UTC.
        checksum: SHA-256, hexadecimal.
        position: Place in source order, from 0.
        alt_text: The platform's description for people who cannot see it.
        width: Picture width in pixels when known.
        height: Picture height in pixels when known.
        duration_s: Length in seconds when known.
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

    @property
    def is_expired(self) -> bool:
        """Whether retention has ended."""
        return utc_now() > self.expires_at


@attrs.frozen(kw_only=True)
class SkippedFile:
    """A file of the post that was not delivered, and why.

    Attributes:
        name: What to call it to a person.
        reason: One sentence, without host paths or secrets.
    """

    name: str
    reason: str

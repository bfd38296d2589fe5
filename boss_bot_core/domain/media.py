"""What a platform tells of a post, mapped to one shape for every platform."""

from datetime import datetime

import attrs

from boss_bot_core.domain.clock import as_utc_or_none


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
    created_at: datetime | None = attrs.field(default=None, converter=as_utc_or_none)
    adult: bool = False
    duration_s: float | None = None

    @property
    def caption(self) -> str | None:
        """The title, or else the text."""
        return self.title or self.text

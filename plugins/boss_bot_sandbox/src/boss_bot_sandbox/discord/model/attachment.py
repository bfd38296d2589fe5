"""Files as uploads of a request and as attachments of a message.

An upload has no id and no address; it gets both when it becomes an attachment.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class MediaFacts:
    """The media properties of a file.

    Attributes:
        content_type: The media type, from the file name.
        width: Width in pixels, for images and videos.
        height: Height in pixels, for images and videos.
        duration_s: Duration in seconds, for audio and video.
    """

    content_type: str
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


@attrs.frozen(kw_only=True)
class Upload:
    """A file of a request.

    Attributes:
        slot: The ``n`` of ``files[n]``, to which the JSON of the message refers.
        path: Where the bytes are on this machine.
    """

    slot: int
    filename: str
    size_bytes: int
    path: Path
    facts: MediaFacts


@attrs.frozen(kw_only=True)
class Attachment:
    """A file of a message, stored on the disk of the server.

    Attributes:
        path: Where the bytes are on this machine.
        width: Pixels, for images and videos.
        duration_s: Seconds, for audio and video.
        description: The alternative text.
    """

    id: Snowflake
    filename: str
    size_bytes: int
    content_type: str
    url: str
    path: Path
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    description: str | None = None
    ephemeral: bool = False

    @property
    def is_spoiler(self) -> bool:
        """Whether clients hide it until it is clicked."""
        return self.filename.startswith("SPOILER_")

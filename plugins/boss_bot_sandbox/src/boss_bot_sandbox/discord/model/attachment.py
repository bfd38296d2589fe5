"""Files: as they arrive, and as part of a message.

An upload has no id and no address yet; becoming an attachment gives it both.
"""

from __future__ import annotations

from pathlib import Path

import attrs

from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class MediaFacts:
    """What a look into the file told.

    Attributes:
        width: Pixels, for images and videos.
        duration_s: Seconds, for audio and video.
    """

    content_type: str
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


@attrs.frozen(kw_only=True)
class Upload:
    """A file that arrived with a request.

    Attributes:
        slot: The ``n`` of ``files[n]``; the message's metadata refers to it.
        path: Where the bytes are on this machine.
    """

    slot: int
    filename: str
    size_bytes: int
    path: Path
    facts: MediaFacts


@attrs.frozen(kw_only=True)
class Attachment:
    """A file of a message, kept on the server's disk.

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
        """Whether it is shown blurred until clicked."""
        return self.filename.startswith("SPOILER_")

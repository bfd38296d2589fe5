"""The conversion of one picture, as a value: where from, where to, how large, and who makes a video of it."""

from collections.abc import Callable
from pathlib import Path

import attrs

from boss_bot_media._settings import MediaSettings
from boss_bot_media.outcome import Outcome, Processed


@attrs.frozen(kw_only=True)
class ImageConversion:
    """What the code that carries out a picture's plan needs.

    Attributes:
        source: The picture.
        directory: Folder for new files; created when there is one.
        limit_bytes: Largest size of a picture whose pixels stay as they are.
        encoded_limit_bytes: Largest size of a picture that is encoded again, at most `limit_bytes`.
        settings: The operator's settings.
        convert_to_video: Makes a video of an animation that ffmpeg can read; None without ffmpeg.
    """

    source: Path
    directory: Path
    limit_bytes: int
    encoded_limit_bytes: int
    settings: MediaSettings
    convert_to_video: Callable[[Path], Outcome] | None = None

    def write_result(self, content: bytes, suffix: str, note: str) -> Outcome:
        """Write a result beside the others, under the source's name with another suffix."""
        self.directory.mkdir(parents=True, exist_ok=True)
        target = self.directory / f"{self.source.stem}{suffix}"
        target.write_bytes(content)
        return Outcome(files=(Processed(path=target),), note=note)

"""Tools for tests and measurements: short clips of any kind, and the plugin called as the core calls it."""

import hashlib
import subprocess
from pathlib import Path
from typing import Final

import attrs

from boss_bot_core.plugin import ConversionProgress, DownloadOptions, PostProcessRequest, PostProcessResult
from boss_bot_media._settings import MediaSettings
from boss_bot_media.processor import process_files

H264: Final = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
"""ffmpeg's arguments for a picture that plays everywhere, fast and large."""
AAC: Final = ("-c:a", "aac", "-b:a", "64k")
"""ffmpeg's arguments for sound that plays everywhere."""

_SOUND: Final = ("-f", "lavfi", "-i", "sine=f=440:r=44100")
_TIME_S: Final = 120
_NO_OPTIONS: Final = DownloadOptions()
_NO_SETTINGS: Final = MediaSettings()


@attrs.frozen
class ClipMaker:
    """Makes clips, each of them once.

    Attributes:
        ffmpeg: The program.
        folder: Where the clips are.
    """

    ffmpeg: Path
    folder: Path

    def make(
        self, name: str, *arguments: str, size: str = "160x90", fps: int = 15, length_s: float = 2, picture: str = ""
    ) -> Path:
        """Return a clip of a moving picture and a tone; `arguments` are ffmpeg's for the output."""
        source = picture or f"mandelbrot=s={size}:r={fps}:start_scale=3"
        command = ("-f", "lavfi", "-i", source, *_SOUND, "-t", str(length_s), *arguments)
        # Each command has a folder of its own, so that one name never stands for two clips.
        path = self.folder / hashlib.sha256("\0".join(command).encode()).hexdigest()[:12] / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            self.run(*command, str(path))
        return path

    def run(self, *arguments: str) -> str:
        """Run ffmpeg and return what it says.

        Raises:
            RuntimeError: It failed.
        """
        command = [str(self.ffmpeg), "-hide_banner", "-y", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_TIME_S)  # noqa: S603 - ffmpeg
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stderr


@attrs.frozen
class Converter:
    """Calls the plugin as the core does, and keeps what it reports.

    Attributes:
        ffmpeg: The program, or None.
        directory: The folder for new files.
        told: The reports of the latest run.
    """

    ffmpeg: Path | None
    directory: Path
    told: list[ConversionProgress] = attrs.field(factory=list)

    def run(
        self,
        *files: Path,
        limit_bytes: int = 10_000_000,
        options: DownloadOptions = _NO_OPTIONS,
        settings: MediaSettings = _NO_SETTINGS,
    ) -> PostProcessResult:
        """Return the result for some files."""
        self.directory.mkdir(exist_ok=True)
        self.told.clear()
        request = PostProcessRequest(
            files=files,
            directory=self.directory,
            max_file_size_bytes=limit_bytes,
            options=options,
            ffmpeg=self.ffmpeg,
            threads=2,
            settings=settings,
            report=self.told.append,
        )
        return process_files(request)

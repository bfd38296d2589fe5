"""What people do without the plugin on a site that offers several sizes: yt-dlp with a format filter, over loopback."""

import contextlib
import functools
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.media_peers import Attempt, run_program
from boss_bot_media.probe.reader import read_probe

_LADDER: Final = ((1.0, 18), (0.667, 20), (0.5, 23), (0.333, 26))
"""Share of the source's height and constant quality of each size that the site offers."""
_INFO: Final = "info.json"


def run_yt_dlp(ffmpeg: Path, source: Path, folder: Path, limit_bytes: int) -> Attempt:
    """Offer a video in several sizes, and fetch the best one that fits; the encoding is the site's, and not counted."""
    site, output = folder / "site", folder / "output"
    for path in (site, output):
        path.mkdir()
    with _serve(site) as address:
        (folder / _INFO).write_text(json.dumps(_offer(ffmpeg, source, site, address)))
        choice = ("-f", "b/bv", "-S", f"size:{limit_bytes}")
        options = ("--no-config", "--quiet", "--no-cache-dir", "--ffmpeg-location", str(ffmpeg))
        command: list[str | Path] = [sys.executable, "-m", "yt_dlp", *options, *choice, "-o", "result.%(ext)s"]
        command += ["--load-info-json", folder / _INFO]
        return run_program(command, lambda: next(output.glob("result.*"), None), output)


def _offer(ffmpeg: Path, source: Path, site: Path, address: str) -> dict[str, Any]:
    """Return what yt-dlp knows of a page after its extractor has run: the formats, and the size of each of them."""
    probe = read_probe(source)
    if probe.video is None:
        raise ValueError("a site offers videos in several sizes")
    width, height = probe.video.shown_size
    formats = []
    for share, crf in _LADDER:
        size = (round(width * share / 2) * 2, round(height * share / 2) * 2)
        target = site / f"{size[1]}.mp4"
        video = ("-c:v", "libx264", "-preset", "veryfast", "-crf", str(crf), "-pix_fmt", "yuv420p")
        scale = ("-vf", f"scale={size[0]}:{size[1]}")
        sound = ("-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart")
        subprocess.run(
            [ffmpeg, "-v", "error", "-y", "-threads", "2", "-i", source, *scale, *video, *sound, target], check=True
        )
        formats.append(
            {
                "format_id": str(size[1]),
                "url": f"{address}/{target.name}",
                "ext": "mp4",
                "width": size[0],
                "height": size[1],
                "vcodec": "avc1.640028",
                "acodec": "none" if probe.audio is None else "mp4a.40.2",
                "filesize": target.stat().st_size,
            }
        )
    page = {
        "id": "video",
        "title": "A video",
        "extractor": "generic",
        "extractor_key": "Generic",
        "webpage_url": address,
    }
    return {**page, "duration": probe.duration_s, "formats": formats}


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@contextlib.contextmanager
def _serve(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of 127.0.0.1, and yield its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()

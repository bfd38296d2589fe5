"""What the plugin makes plays in Chromium: a script reads its length, a decoded frame, and decoded sound."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from boss_bot_core.plugin import DownloadOptions
from boss_bot_media.probe.reader import read_probe
from boss_bot_media.testing import AAC, H264, ClipMaker, Converter

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--autoplay-policy=no-user-gesture-required")
VIDEO = """
const [name, done] = arguments, video = document.createElement('video');
video.muted = true; video.preload = 'auto'; video.src = name;
video.onerror = () => done({error: video.error.message || 'error ' + video.error.code});
video.onloadeddata = () => { video.currentTime = video.duration / 2; };
video.onseeked = () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0);
  const pixels = new Set(context.getImageData(0, 0, canvas.width, canvas.height).data);
  done({duration: video.duration, width: video.videoWidth, height: video.videoHeight, shades: pixels.size});
};
"""
SOUND = """
const [name, done] = arguments;
fetch(name).then(answer => answer.arrayBuffer())
  .then(bytes => new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes))
  .then(sound => done({duration: sound.duration, loudest: Math.max(...sound.getChannelData(0).slice(0, 48000))}))
  .catch(error => done({error: String(error)}));
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture
def browser(converter: Converter) -> Iterator[Chrome]:
    """Chromium on a page beside the converted files."""
    converter.directory.mkdir(exist_ok=True)
    (converter.directory / "index.html").write_text("<!doctype html><title>Player</title>")
    handler = functools.partial(QuietHandler, directory=str(converter.directory))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("there is no chromium")
    options.binary_location = program
    with Chrome(options, ChromeService(driver)) as chrome:
        chrome.set_script_timeout(30)
        chrome.get(f"http://127.0.0.1:{server.server_port}/index.html")
        yield chrome
    server.shutdown()
    server.server_close()


def play(browser: Chrome, converter: Converter, path: Path, script: str) -> dict[str, Any]:
    """Return what a script finds out about a converted file."""
    found: dict[str, Any] = browser.execute_async_script(script, path.relative_to(converter.directory).as_posix())
    assert "error" not in found, found
    return found


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("copied.mkv", (*H264, *AAC)),
        ("pcm.mov", (*H264, "-c:a", "pcm_s16le")),
        ("hevc.mp4", ("-c:v", "libx265", "-x265-params", "log-level=error", "-pix_fmt", "yuv420p10le", *AAC)),
        ("odd.mp4", ("-vf", "crop=159:89", *H264[:4], "-pix_fmt", "yuv444p", "-an")),
        ("vp9.mkv", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p", *AAC)),
    ],
)
def test_a_video_plays(
    browser: Chrome, clips: ClipMaker, converter: Converter, name: str, arguments: tuple[str, ...]
) -> None:
    source = clips.make(name, *arguments)
    (result,) = converter.run(source).files
    assert result.path != source
    track = read_probe(result.path).video
    assert track is not None
    found = play(browser, converter, result.path, VIDEO)
    assert found["duration"] == pytest.approx(2, abs=0.15)
    assert (found["width"], found["height"]) == (track.width, track.height)
    assert found["shades"] > 20


def test_parts_play(browser: Chrome, clips: ClipMaker, converter: Converter) -> None:
    source = clips.make("whole.mp4", *H264, "-g", "10", *AAC)
    options = DownloadOptions(fit="parts")
    done = converter.run(source, limit_bytes=source.stat().st_size // 2, options=options)
    lengths = [play(browser, converter, file.path, VIDEO)["duration"] for file in done.files]
    assert len(lengths) > 1
    assert sum(lengths) == pytest.approx(2, abs=0.1 * len(lengths))


@pytest.mark.parametrize("limit_bytes", [150_000, 20_000])
def test_sound_plays(browser: Chrome, clips: ClipMaker, converter: Converter, limit_bytes: int) -> None:
    source = clips.make("tone.wav", "-map", "1:a", "-ac", "2", length_s=4)
    (result,) = converter.run(source, limit_bytes=limit_bytes).files
    found = play(browser, converter, result.path, SOUND)
    assert found["duration"] == pytest.approx(4, abs=0.1)
    assert found["loudest"] > 0.05

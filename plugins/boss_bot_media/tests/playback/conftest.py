"""Fixtures: a browser that opens one file, as a page would, and tells what it shows."""

import base64
import io
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import attrs
import pytest
from PIL import Image
from selenium.webdriver import Chrome

from tests.chromium import start_chromium

MIME_TYPES = {
    ".mp4": "video/mp4", ".webm": "video/webm", ".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".webp": "image/webp", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".opus": "audio/ogg",
    ".flac": "audio/flac", ".wav": "audio/wav",
}  # fmt: skip

_SCRIPT = """
    const [type, text] = arguments, done = arguments[arguments.length - 1];
    (async () => {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const family = type.split("/")[0];
        const element = document.createElement(family === "image" ? "img" : family);
        element.muted = true;
        const happens = (name) => new Promise((resolve, reject) => {
            element.addEventListener(name, resolve, { once: true });
            element.addEventListener("error", () => reject(element.error?.message ?? "no picture"), { once: true });
        });
        const isLoaded = happens(family === "image" ? "load" : "canplaythrough");
        element.src = URL.createObjectURL(new Blob([bytes], { type }));
        await isLoaded;
        const found = { duration: element.duration ?? null };
        if (family === "audio") {
            const context = new OfflineAudioContext(1, 1, 44100);
            const sound = await context.decodeAudioData(bytes.buffer);
            found.samples = sound.length / sound.sampleRate;
            found.peak = Math.max(...sound.getChannelData(0).slice(0, 44100).map(Math.abs));
            return found;
        }
        if (family === "video") {
            const isSought = happens("seeked");
            element.currentTime = element.duration / 2;
            await isSought;
        }
        const canvas = document.createElement("canvas");
        canvas.width = element.videoWidth ?? element.naturalWidth;
        canvas.height = element.videoHeight ?? element.naturalHeight;
        canvas.getContext("2d").drawImage(element, 0, 0);
        found.picture = canvas.toDataURL("image/png").split(",")[1];
        if (family === "video") {
            const hasEnded = happens("ended");
            element.playbackRate = 8;
            await element.play();
            await hasEnded;
            found.played = element.currentTime;
        }
        return found;
    })().then(done, (error) => done({ error: String(error) }));
"""


@attrs.frozen(kw_only=True)
class Shown:
    """What the browser shows of a file.

    Attributes:
        duration_s: Length of a video or a sound; None for a picture.
        picture: The decoded picture, or the frame in the middle of a video.
        played_s: Where the playback of a video ended.
        sound_s: Length of the decoded sound.
        peak: Largest amplitude of the sound's first second.
    """

    duration_s: float | None = None
    picture: Image.Image | None = None
    played_s: float | None = None
    sound_s: float | None = None
    peak: float | None = None


ShowFile = Callable[[Path], Shown]


@pytest.fixture(scope="module")
def empty_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty page: the browser plays no media in a page that has no address."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<!doctype html><title>Media</title>")

    class QuietHandler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the method's own argument
            """Keep the test's output free of requests."""

    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory, empty_page: str) -> Iterator[Chrome]:
    with start_chromium(tmp_path_factory.mktemp("chromium")) as driver:
        driver.set_script_timeout(60)
        driver.get(empty_page)
        yield driver


@pytest.fixture
def show_file(chromium: Chrome) -> ShowFile:
    """Return a function that opens a file in the browser, which fails when the browser cannot show it."""

    def show(path: Path) -> Shown:
        text = base64.b64encode(path.read_bytes()).decode()
        found: dict[str, Any] = chromium.execute_async_script(_SCRIPT, MIME_TYPES[path.suffix], text)
        assert "error" not in found, f"{path.name}: {found['error']}"
        picture = found.get("picture")
        return Shown(
            duration_s=found["duration"],
            picture=None if picture is None else Image.open(io.BytesIO(base64.b64decode(picture))),
            played_s=found.get("played"),
            sound_s=found.get("samples"),
            peak=found.get("peak"),
        )

    return show

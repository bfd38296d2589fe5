"""Tests with the programs that use the proxy in production: curl, urllib, ffmpeg, yt-dlp and gallery-dl, unmodified."""

import asyncio
import shutil
import ssl
import subprocess
import urllib.request
from pathlib import Path

import gallery_dl.config
import gallery_dl.job
import imageio_ffmpeg
import pytest
import yt_dlp
from yt_dlp.networking import Request

from boss_bot_core.egress import EgressProxy, Lease
from tests.egress.fixture_types import WaitClosed

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


async def run_program(*command: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a program with `environment` as its whole environment."""
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    return subprocess.CompletedProcess(command, process.returncode or 0, output, errors)


@pytest.fixture
def served(site: str, tls_site: str) -> dict[str, str]:
    """The base URLs of the media site, by scheme."""
    return {"http": site, "https": tls_site}


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_curl_downloads_through_the_proxy(
    scheme: str, served: dict[str, str], lease: Lease, ca_file: str, blob: bytes
) -> None:
    curl = ["curl", "-sS", "--cacert", ca_file, "-x", lease.proxy_url]
    got = await run_program(*curl, f"{served[scheme]}/blob", f"{served[scheme]}/chunked")
    assert (got.stderr, got.stdout) == (b"", blob * 2)
    # With this header curl waits for permission before it sends the body.
    patient = ["--expect100-timeout", "60", "--max-time", "5"]
    sent = await run_program(*curl, "-d", "x=1234", "-H", "Expect: 100-continue", *patient, f"{served[scheme]}/echo")
    assert b'"size": 6' in sent.stdout


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_urllib_downloads_through_the_proxy(
    scheme: str, served: dict[str, str], lease: Lease, ca_file: str, blob: bytes
) -> None:
    def fetch() -> bytes:
        proxies = urllib.request.ProxyHandler({"http": lease.proxy_url, "https": lease.proxy_url})
        tls = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca_file))
        with urllib.request.build_opener(proxies, tls).open(f"{served[scheme]}/blob", timeout=20) as response:
            return bytes(response.read())

    assert await asyncio.to_thread(fetch) == blob


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_ffmpeg_downloads_through_the_proxy(
    scheme: str, served: dict[str, str], lease: Lease, tmp_path: Path, proxy: EgressProxy, ca_file: str
) -> None:
    target = tmp_path / "out.mp4"
    trust = ["-ca_file", ca_file] if scheme == "https" else []
    command = [FFMPEG, "-v", "error", *trust, "-i", f"{served[scheme]}/video.mp4", "-c", "copy", str(target)]
    done = await run_program(*command, http_proxy=lease.proxy_url)
    assert (done.returncode, done.stderr) == (0, b"")
    frames, _ = imageio_ffmpeg.count_frames_and_secs(str(target))
    assert frames == 10
    assert lease.bytes_down > target.stat().st_size // 2
    # ffmpeg sends its credential only after a response with status 407.
    assert proxy.metrics.unauthorized >= 1


async def test_ffmpeg_is_refused_private_addresses(lease: Lease, tmp_path: Path) -> None:
    for url in ("http://10.0.0.1/key", "https://169.254.169.254/latest/"):
        done = await run_program(FFMPEG, "-v", "error", "-i", url, str(tmp_path / "x.mp4"), http_proxy=lease.proxy_url)
        assert done.returncode != 0
    assert [attempt.host for attempt in lease.blocked] == ["10.0.0.1", "169.254.169.254"]


@pytest.mark.parametrize("handler", ["Urllib", "Requests"])
@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_yt_dlp_downloads_through_the_proxy(
    handler: str, scheme: str, served: dict[str, str], lease: Lease, blob: bytes
) -> None:
    def fetch() -> bytes:
        options = {"proxy": lease.proxy_url, "quiet": True, "nocheckcertificate": True, "socket_timeout": 20}
        with yt_dlp.YoutubeDL(options) as downloader:
            # Only this handler, so that yt-dlp cannot fall back to the other one.
            handlers = downloader._request_director.handlers
            for name in [name for name in handlers if name != handler]:
                handlers.pop(name).close()
            with downloader.urlopen(Request(f"{served[scheme]}/blob")) as response:
                return bytes(response.read())

    assert await asyncio.to_thread(fetch) == blob
    assert lease.bytes_down > len(blob)


async def test_gallery_dl_downloads_through_the_proxy(
    site: str, lease: Lease, tmp_path: Path, video: bytes, wait_closed: WaitClosed
) -> None:
    def fetch() -> int:
        gallery_dl.config.clear()
        options = {"base-directory": str(tmp_path), "directory": [], "filename": "out.mp4", "proxy": lease.proxy_url}
        for name, value in {**options, "proxy-env": False}.items():
            gallery_dl.config.set(("extractor",), name, value)
        try:
            return int(gallery_dl.job.DownloadJob(f"{site}/video.mp4").run())
        finally:
            gallery_dl.config.clear()

    assert await asyncio.to_thread(fetch) == 0
    assert (tmp_path / "out.mp4").read_bytes() == video
    assert lease.bytes_down > len(video)

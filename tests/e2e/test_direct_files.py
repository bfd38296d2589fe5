"""Tests of links to files, pages and streams: each ends in time with its files or with the right error code."""

import hashlib
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home, MakeHome

pytestmark = [pytest.mark.xdist_group("direct-files"), pytest.mark.timeout(400)]

DOWNLOADABLE = [
    ("files/clip.mp4", "video/mp4"),
    ("files/clip.webm", "video/webm"),
    ("files/photo-1.jpg", "image/jpeg"),
    ("files/photo-2.png", "image/png"),
    ("files/animation.gif", "image/gif"),
    ("files/tone.mp3", "audio/mpeg"),
    ("files/audio.m4a", "audio/mp4"),
    ("unsized/clip.mp4", "video/mp4"),
    ("norange/clip.mp4", "video/mp4"),
    ("cut/20000/1/clip.mp4", "video/mp4"),
    ("hls/clear/master.m3u8", "video/mp4"),
    ("hls/encrypted/master.m3u8", "video/mp4"),
    ("dash/manifest.mpd", "video/mp4"),
    ("page/plain?src=/files/clip.mp4&title=A+page", "video/mp4"),
]

UNAVAILABLE = [
    ("status/404/clip.mp4", {"not_found"}),
    ("status/410/clip.mp4", {"not_found"}),
    ("status/401/clip.mp4", {"auth_required"}),
    ("status/403/clip.mp4", {"permission_denied"}),
    ("status/429/clip.mp4?retry_after=7", {"rate_limit"}),
    ("status/500/clip.mp4", {"network"}),
    ("status/503/clip.mp4", {"network"}),
    ("cut/20000/99/clip.mp4", {"network"}),
    ("endless/clip.mp4", {"file_too_large"}),
    ("gzip-bomb/clip.mp4?unpacked_bytes=200000000", {"file_too_large", "rejected"}),
    ("files/clip.mp4?size_bytes=60000000", {"file_too_large"}),
    ("stalling/20000/clip.mp4", {"timeout", "network"}),
    ("trickle/clip.mp4", {"timeout", "network"}),
    ("disguised/page.html/clip.mp4", {"auth_required"}),
    ("disguised/program.exe/clip.mp4", {"rejected"}),
    ("disguised/eicar.jpg/clip.mp4", {"rejected"}),
    ("files/eicar.jpg", {"rejected"}),
    ("files/bomb.png", {"rejected"}),
    ("files/truncated.mp4", {"rejected"}),
    ("files/corrupt.mp4", {"rejected"}),
    ("redirect/clip.mp4?to=http://169.254.169.254/latest/meta-data/clip.mp4", {"blocked"}),
    ("redirect/clip.mp4?to=http://10.0.0.1/clip.mp4", {"blocked"}),
    ("redirect/clip.mp4?to=http://[::1]:9/clip.mp4", {"blocked"}),
    ("redirect/clip.mp4?to=http://[::ffff:10.0.0.1]/clip.mp4", {"blocked"}),
    ("redirect/clip.mp4?to=http://167772161/clip.mp4", {"blocked"}),
    ("page/plain?src=http://192.168.1.1/clip.mp4", {"blocked"}),
    ("hls/clear/playlist.m3u8?segments=http://10.0.0.1/", {"blocked"}),
    ("hls/encrypted/playlist.m3u8?key=http://10.0.0.1/key", {"blocked"}),
    ("dash/manifest.mpd?base=http://10.0.0.1/", {"blocked"}),
    ("status/404", {"not_found"}),
]


@pytest.fixture(scope="module")
def outcomes(make_home: MakeHome, site: RemoteSite) -> dict[str, Any]:
    """The outcomes of all cases, from one `boss-bot get` that downloads as many at a time as the program allows."""
    home = make_home()
    # First those that are waited for in vain: the others are fetched beside them.
    paths = [path for path, _ in (*UNAVAILABLE, *DOWNLOADABLE)]
    result = home.get(*(f"{site.http_url}/{path}" for path in paths), timeout_s=300, BOSS_BOT_WALL_CLOCK_S="20")
    return {outcome["url"].removeprefix(f"{site.http_url}/"): outcome for outcome in result.outcomes}


@pytest.mark.parametrize(("path", "mime_type"), DOWNLOADABLE)
def test_media_are_downloaded(outcomes: dict[str, Any], path: str, mime_type: str) -> None:
    outcome = outcomes[path]
    assert outcome["status"] == "completed", outcome
    (file,) = outcome["files"]
    assert file["mime_type"] == mime_type
    content = Path(file["path"]).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size_bytes"], file["sha256"])


@pytest.mark.parametrize("name", ["clip.mp4", "photo-1.jpg", "animation.gif", "clip.webm"])
def test_a_plain_file_arrives_unchanged(outcomes: dict[str, Any], site: RemoteSite, name: str) -> None:
    expected = hashlib.sha256(_fetch_file(site, name)).hexdigest()
    assert outcomes[f"files/{name}"]["files"][0]["sha256"] == expected


def _fetch_file(site: RemoteSite, name: str) -> bytes:
    with urllib.request.urlopen(f"{site.http_url}/files/{name}", timeout=10) as answer:
        content: bytes = answer.read()
        return content


@pytest.mark.parametrize(("path", "codes"), UNAVAILABLE)
def test_an_unavailable_file_fails_with_its_error_code(outcomes: dict[str, Any], path: str, codes: set[str]) -> None:
    outcome = outcomes[path]
    assert outcome["status"] == "failed"
    assert outcome["files"] == []
    assert outcome["error"]["code"] in codes, outcome
    assert outcome["error"]["message"]
    assert "/tmp" not in outcome["error"]["message"]


def test_the_retry_time_of_the_site_is_reported(outcomes: dict[str, Any]) -> None:
    error = outcomes["status/429/clip.mp4?retry_after=7"]["error"]
    assert error["retry_after_s"] == pytest.approx(7, abs=1.5)


REFUSED = {
    "not_a_url": "invalid_url",
    "ftp://a.b/c": "invalid_url",
    "https://user:pw@x.com/a": "invalid_url",
    "http://10.0.0.1/a.mp4": "blocked",
}
"""Links that no attempt is made for, and the codes of their errors."""


def test_an_invalid_or_blocked_link_is_refused(home: Home) -> None:
    result = home.get(*REFUSED)
    assert result.exit_code == 1
    assert {outcome["url"]: outcome["error"]["code"] for outcome in result.outcomes} == REFUSED


def test_a_lower_size_limit_is_exact_to_the_byte(home: Home, site: RemoteSite) -> None:
    url = f"{site.http_url}/files/clip.mp4?size_bytes=3000000"
    # A plugin would make the file fit.
    assert home.get(url, "--max-file-size", "2MB", BOSS_BOT_DISABLED_PLUGINS="media").error_code == "file_too_large"
    assert home.get(url, "--max-file-size", "3MB", BOSS_BOT_DISABLED_PLUGINS="media").exit_code == 0


def test_a_failed_attempt_is_retried_by_the_queue(home: Home, site: RemoteSite) -> None:
    result = home.get(f"{site.http_url}/flaky/503/7/clip.mp4", BOSS_BOT_MAX_ATTEMPTS="3")
    assert (result.exit_code, result.single_outcome["attempts"]) in {(0, 2), (0, 3)}

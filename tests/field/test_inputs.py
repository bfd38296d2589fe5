"""Tests of links as real servers answer them: false labels, words in place of a file, and streams with a gap."""

import hashlib
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import MakeHome

pytestmark = pytest.mark.xdist_group("field-inputs")

# Path, and the content and the name of the file that is delivered.
LABELS = [
    ("typed/get.php", "clip.mp4", "get.mp4"),
    ("typed/film.cgi", "clip.mp4", "film.mp4"),
    ("typed/v1.2", "clip.mp4", "v1.2.mp4"),
    ("typed/clip.final", "clip.mp4", "clip.final.mp4"),
    ("typed/s.m4v", "clip.mp4", "s.mp4"),
    ("typed/s.m4v.mp4", "clip.mp4", "s.mp4"),
    ("html/clip.mp4", "clip.mp4", "clip.mp4"),
    ("html/photo.jpg", "photo.jpg", "photo.jpg"),
    ("untyped/photo.jpg/x", "photo.jpg", "x.jpg"),
    ("untyped/clip.mp4/x", "clip.mp4", "x.mp4"),
    ("untyped/clip.mp4/x.mp4", "clip.mp4", "x.mp4"),
    ("disguised/photo.jpg/x.mp4", "photo.jpg", "x.jpg"),
    ("disguised/clip.mp4/x.jpg", "clip.mp4", "x.mp4"),
    ("disguised/clip.mp4/x.mp3", "clip.mp4", "x.mp4"),
    ("disguised/tone.mp3/x.mp4", "tone.mp3", "x.mp3"),
    ("disguised/clip.mp4/x.html", "clip.mp4", "x.mp4"),
    ("disguised/clip.mp4/x.exe", "clip.mp4", "x.exe.mp4"),
    ("attachment/clip.mp4?filename=Rome+2024.mp4", "clip.mp4", "Rome_2024.mp4"),
    ("attachment/clip.mp4?encoded=UTF-8''na%25C3%25AFve.mov", "clip.mp4", "naïve.mp4"),
    ("attachment/clip.mp4?filename=", "clip.mp4", "clip.mp4"),
]

# Path, error code, and a part of what people are told.
REFUSALS = [
    ("login/x.mp4", "auth_required", "wants a login"),
    ("login/x", "auth_required", "wants a login"),
    ("walled/x.jpg", "auth_required", "wants a login"),
    ("reason/login-json/x.mp4", "auth_required", "“You must be logged in”"),
    ("reason/expired-text/x.mp4", "not_found", "“URL signature expired” Copy a fresh link"),
    ("reason/expired-text/x", "not_found", "“URL signature expired” Copy a fresh link"),
    ("reason/expired-xml/x.jpg", "not_found", "“Request has expired” Copy a fresh link"),
    ("reason/missing-json/x.mp4", "not_found", "“File does not exist”"),
    ("reason/missing-page/x.mp4", "not_found", "“404 Not Found”"),
    ("reason/denied-text/x.mp4", "permission_denied", "“Access denied: no **hotlinks** @everyone”"),
    ("reason/unknown-text/x.mp4", "rejected", "“ok ok ok"),
    ("gap.m3u8", "not_found", "part 2 of 2"),
    ("dash/manifest.mpd?base=/status/404/", "not_found", "part 1 of"),
    ("page/x?src=", "nothing_found", "no video or sound"),
]


@pytest.fixture(scope="module")
def outcomes(make_home: MakeHome, site: RemoteSite) -> dict[str, Any]:
    """The outcomes of all inputs, from one `boss-bot get` with the default number of attempts."""
    paths = [path for path, *_ in (*LABELS, *REFUSALS)]
    result = make_home().get(*(f"{site.http_url}/{path}" for path in paths), timeout_s=300, BOSS_BOT_MAX_ATTEMPTS="3")
    return {outcome["url"].removeprefix(f"{site.http_url}/"): outcome for outcome in result.outcomes}


@pytest.mark.parametrize(("path", "content", "name"), LABELS)
def test_content_decides_what_a_file_is(
    outcomes: dict[str, Any], site: RemoteSite, path: str, content: str, name: str
) -> None:
    outcome = outcomes[path]
    assert outcome["status"] == "completed", outcome
    (file,) = outcome["files"]
    assert Path(file["path"]).name == name
    assert file["sha256"] == _hash_site_file(site, content)


@pytest.mark.parametrize(("path", "code", "message"), REFUSALS)
def test_words_in_place_of_a_file_are_judged_and_quoted(
    outcomes: dict[str, Any], path: str, code: str, message: str
) -> None:
    outcome = outcomes[path]
    assert outcome["status"] == "failed", outcome
    assert outcome["error"]["code"] == code, outcome["error"]
    assert message in outcome["error"]["message"]
    assert outcome["attempts"] == 1


def test_a_file_that_changes_while_it_is_fetched_arrives_whole(make_home: MakeHome, site: RemoteSite) -> None:
    url = f"{site.http_url}/replaced/checked/100000/clip.mp4?size_bytes=300000"
    (file,) = make_home().get(url, BOSS_BOT_MAX_ATTEMPTS="3").single_outcome["files"]
    assert file["sha256"] == _hash_file(url)


def test_a_plugin_that_failed_to_load_is_named_when_nothing_is_found(
    make_home: MakeHome, site: RemoteSite, tmp_path: Path
) -> None:
    (tmp_path / "broken_site.py").write_text("1 / 0")
    info = tmp_path / "broken_site-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-site\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boss_bot]\nbroken = broken_site\n")
    error = make_home().get(f"{site.http_url}/page/x?src=", PYTHONPATH=str(tmp_path)).single_outcome["error"]
    assert error["code"] == "nothing_found"
    assert "Not asked, because it failed: broken." in error["message"]


def _hash_site_file(site: RemoteSite, name: str) -> str:
    return _hash_file(f"{site.http_url}/files/{name}")


def _hash_file(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return hashlib.sha256(answer.read()).hexdigest()

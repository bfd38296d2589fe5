"""Certificates, cookies, metadata, the warm-up, and independence from the user's own files."""

import os
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import certifi
import pytest

from boss_bot_core.plugin.setting_types import parse_setting
from boss_bot_sandbox.site import RemoteSite
from boss_bot_ytdlp._certificates import CertificateAuthorities
from boss_bot_ytdlp._metadata import build_media_info
from boss_bot_ytdlp._options import load_cookies
from boss_bot_ytdlp._settings import YtdlpSettings

if TYPE_CHECKING:
    from plugins.boss_bot_ytdlp.tests.conftest import Engine

HOST = "https://media.example.com"
ADULT_TWEET = "https://x.com/i/status/1800000000000000026"


async def test_without_the_authority_of_the_operator_its_certificates_are_refused(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/files/clip.mp4", ca_file=None)
    assert outcome.error["type"] == "NetworkError"
    assert "certificate" in outcome.error["message"]


async def test_only_media_files_stay_in_the_directory(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/hls/clear/master.m3u8")
    assert list(engine.folder.iterdir()) == outcome.paths


def test_child_processes_trust_the_usual_authorities_and_the_one_of_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    extra = tmp_path / "extra.pem"
    extra.write_text("-----BEGIN CERTIFICATE-----\nextra\n-----END CERTIFICATE-----\n")
    authorities = CertificateAuthorities(extra)
    authorities.export(tmp_path)
    bundle = Path(os.environ["SSL_CERT_FILE"])
    assert bundle.read_bytes() == Path(certifi.where()).read_bytes() + b"\n" + extra.read_bytes()
    authorities.close()
    assert not bundle.exists()
    CertificateAuthorities(None).export(tmp_path)
    assert os.environ["SSL_CERT_FILE"] == certifi.where()


async def test_cookies_are_used_and_their_file_is_not_changed(engine: "Engine", tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    pairs = (("auth_token", "sandbox-auth-token"), ("ct0", "sandbox-ct0"))
    lines = [f".x.com\tTRUE\t/\tTRUE\t4102444800\t{name}\t{value}\n" for name, value in pairs]
    cookies.write_text("# Netscape HTTP Cookie File\n" + "".join(lines))
    cookies.chmod(0o400)
    before = cookies.read_bytes()
    guest = await engine.fetch(ADULT_TWEET)
    member = await engine.fetch(ADULT_TWEET, cookies_file=str(cookies))
    # The tweet has a photo, which yt-dlp does not fetch: NothingFoundError shows that the cookies were accepted.
    assert (guest.error["type"], member.error["type"]) == ("AuthRequiredError", "NothingFoundError")
    assert cookies.read_bytes() == before
    assert list(engine.folder.iterdir()) == []


async def test_an_invalid_cookies_file_is_reported_without_its_content(engine: "Engine", tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n.x.com\tTRUE\tauth_token\tSECRET\n")
    outcome = await engine.fetch(ADULT_TWEET, cookies_file=str(cookies))
    assert outcome.error["type"] == "AuthRequiredError"
    assert "cookies" in outcome.error["message"]
    assert "SECRET" not in str(outcome.messages)


def test_a_session_cookie_is_not_expired(tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    line = ".x.com\tTRUE\t/\tTRUE\t0\tct0\tvalue\n#HttpOnly_.x.com\tTRUE\t/\tTRUE\t0\tauth_token\tother\n"
    cookies.write_text(f"# Netscape HTTP Cookie File\n{line}")
    jar = CookieJar()
    load_cookies(cookies, jar)
    request = urllib.request.Request("https://x.com/i/api")
    jar.add_cookie_header(request)
    assert sorted(str(request.get_header("Cookie")).split("; ")) == ["auth_token=other", "ct0=value"]


WARM_UP = """
import sys, threading
escapes = []
sys.addaudithook(lambda event, args: escapes.append(args) if event == "socket.connect" else None)
from boss_bot_ytdlp import plugin
plugin.bossbot_warm_up()
assert not escapes, escapes
assert threading.active_count() == 1
loaded = [name for name in sys.modules if name.startswith("yt_dlp.extractor.")]
assert len(loaded) < 60, len(loaded)
"""

EVIL = "import pathlib; pathlib.Path({mark!r}).write_text('loaded')\n"


def test_the_warm_up_opens_no_connection_leaves_no_thread_and_loads_no_plugins_from_home(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    for home in (tmp_path / ".config", tmp_path / "xdg"):
        place = home / "yt-dlp" / "plugins" / "evil" / "yt_dlp_plugins" / "extractor"
        place.mkdir(parents=True)
        (place / "evil.py").write_text(EVIL.format(mark=str(mark)))
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    subprocess.run([sys.executable, "-c", WARM_UP], check=True, env=environment, cwd=tmp_path)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({"timestamp": 1735689600}, datetime(2025, 1, 1, tzinfo=UTC)),
        ({"upload_date": "20250101"}, datetime(2025, 1, 1, tzinfo=UTC)),
        ({"timestamp": 10**30}, None),
        ({"upload_date": "yesterday"}, None),
        ({}, None),
    ],
)
def test_a_valid_date_of_a_post_is_read(info: dict[str, Any], expected: datetime | None) -> None:
    assert build_media_info(info).created_at == expected


def test_the_metadata_of_a_site_is_converted() -> None:
    info = {"id": "7", "title": "T", "description": "D", "channel": "C", "age_limit": 18, "duration": 3.5}
    media = build_media_info({**info, "webpage_url": "https://vimeo.com/7", "extractor_key": "Vimeo"})
    assert (media.media_id, media.title, media.text, media.author) == ("7", "T", "D", "C")
    assert (media.adult, media.duration_s, media.permalink) == (True, 3.5, "https://vimeo.com/7")
    assert build_media_info({**info, "extractor_key": "Twitter"}).caption == "D"


async def test_the_operators_arguments_reach_the_extractor(engine: "Engine", site: RemoteSite) -> None:
    arguments = {"extractor_args": "youtube:player_client=tv,web;lang=en generic:fragment_query=trial=1"}
    await engine.fetch(f"{HOST}/hls/clear/master.m3u8", settings=arguments)
    segments = [request for request in site.requests.matching("/hls/clear/") if ".m3u8" not in request.path]
    assert {request.query for request in segments} == {"trial=1"}


@pytest.mark.parametrize("text", ["youtube", "youtube:", "youtube:player_client", "player_client=tv"])
def test_arguments_that_yt_dlp_would_not_understand_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^arguments such as youtube:player_client=tv,web;lang=en"):
        parse_setting(attrs.fields(YtdlpSettings).extractor_args.type, text)

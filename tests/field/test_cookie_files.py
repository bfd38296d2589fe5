"""Cookie files as people have them, used by both engines on a site with a part for members and a public part."""

import codecs
import hashlib
import json
import os
import urllib.request
from pathlib import Path
from typing import Any

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_bot, open_discord, settings_for
from tests.bot.test_events import ask_for_health
from tests.e2e.harness import Home, Result

HEAD = "# Netscape HTTP Cookie File\n"
GOOD = "127.0.0.1\tFALSE\t/\tFALSE\t2000000000\tsess\tgood\n"
STALE = "a-login-that-has-ended"
SET = "Set cookies for this site: `{plugin} = "
RENEW = "Export the cookies of `{plugin}` for this site again."
REEXPORT = "; export them again, in Netscape or JSON format."


@attrs.frozen
class Case:
    """A file's content, the advice when its cookies do not work, and what the operator is told at the start."""

    content: bytes
    advice: str = ""
    warning: str = ""


CASES = {
    "good": Case((HEAD + GOOD).encode()),
    "bom": Case(codecs.BOM_UTF8 + (HEAD + GOOD).encode()),
    "utf16": Case((HEAD + GOOD).encode("utf-16")),
    "session": Case((HEAD + GOOD.replace("2000000000", "0")).encode()),
    "spaces": Case((HEAD + GOOD.replace("\t", "    ")).encode()),
    "json": Case(json.dumps([{"domain": "127.0.0.1", "name": "sess", "value": "good"}]).encode()),
    "one_bad_line": Case(
        f"{HEAD}127.0.0.1\tFALSE\t/\tFALSE\t2000000000\tonlysix\n{GOOD}".encode(),
        warning="; line 2 is skipped: 6 field(s), not 7",
    ),
    "latin1": Case(
        f"{HEAD}{GOOD}{GOOD.replace('sess', 'n').replace('good', 'é')}".encode("latin-1"),
        warning="; line 3 is skipped: a name or value with characters that a cookie cannot have",
    ),
    "expired": Case(
        (HEAD + GOOD.replace("2000000000", "1000000000")).encode(),
        advice=RENEW,
        warning="; those for 127.0.0.1 expired, the last on 2001-09-09",
    ),
    "refused": Case(GOOD.replace("good", STALE).encode(), advice=RENEW),
    "header_string": Case(
        b"sess=good; other=1\n",
        advice=SET,
        warning="; line 1 is skipped: a header string, which names no site",
    ),
    "other_site": Case(GOOD.replace("127.0.0.1", "x.com").encode(), advice=SET),
}
"""The files of people's reports by their fault, and a login that the site has ended."""


def fetch(home: Home, site: RemoteSite, content: bytes) -> Result:
    """Fetch a members' and a public file with each engine: gallery-dl takes the file, yt-dlp the page."""
    file = home.folder / "cookies.txt"
    file.write_bytes(content)
    paths = [f"{part}/clip.mp4{end}" for part in ("members", "public") for end in ("", "/watch")]
    return home.get(*(f"{site.http_url}/{path}" for path in paths), BOSS_BOT_COOKIES=f"gallerydl={file},ytdlp={file}")


@pytest.fixture(scope="module")
def clip_sha256(site: RemoteSite) -> str:
    with urllib.request.urlopen(f"{site.http_url}/files/clip.mp4", timeout=10) as answer:
        return hashlib.sha256(answer.read()).hexdigest()


def describe(outcome: dict[str, Any]) -> tuple[str, str]:
    """Return the plugin, and the hash of the file or the code of the error."""
    error = outcome["error"]
    return outcome["plugin"], error["code"] if error else outcome["files"][0]["sha256"]


@pytest.mark.parametrize("name", CASES)
def test_good_lines_are_used_and_public_media_do_not_depend_on_them(
    home: Home, site: RemoteSite, clip_sha256: str, name: str
) -> None:
    case = CASES[name]
    result = fetch(home, site, case.content)
    members = "auth_required" if case.advice else clip_sha256
    expected = [("gallerydl", members), ("ytdlp", members), ("gallerydl", clip_sha256), ("ytdlp", clip_sha256)]
    assert [describe(outcome) for outcome in result.outcomes] == expected, result
    for outcome in result.outcomes:
        if outcome["error"]:
            assert case.advice.format(plugin=outcome["plugin"]) in outcome["error"]["message"]
    for plugin in ("gallerydl", "ytdlp"):
        said = [
            line for line in result.stderr.splitlines() if f"cookies of {plugin}, {home.folder}/cookies.txt" in line
        ]
        assert len(said) == bool(case.warning), result.stderr
        assert all(line.endswith(f"{case.warning}{REEXPORT}") for line in said)
    logged = (home.data / "logs" / "boss-bot.jsonl").read_text(encoding="utf-8")
    assert STALE not in logged + result.stderr
    # The log tells the operator also of a public file that came only without the cookies.
    assert logged.count("127.0.0.1 does not accept the cookies of") == {"refused": 4, "expired": 2}.get(name, 0)


def test_the_plugins_are_listed_with_the_state_of_their_cookies(home: Home) -> None:
    good, bad = home.folder / "good.txt", home.folder / "bad.txt"
    good.write_text(GOOD)
    bad.write_bytes(CASES["expired"].content)
    for file in (good, bad):
        os.utime(file, (1_800_000_000, 1_800_000_000))
    listed = home.run("plugins", BOSS_BOT_COOKIES=f"gallerydl={good},ytdlp={bad}", COLUMNS="400").stdout
    rows = {line.split()[1]: line for line in listed.splitlines() if "in use" in line}
    assert "1 for 127.0.0.1 (file of 2027-01-15)" in rows["gallerydl"]
    assert "for 127.0.0.1" not in rows["twitter"]
    assert "none that can be used (file of 2027-01-15); those for 127.0.0.1 expired, the last on 2001-09-09" in listed


async def test_health_shows_the_state_of_the_cookies_to_the_operator(site: RemoteSite, tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text(GOOD)
    os.utime(file, (1_800_000_000, 1_800_000_000))
    async with open_discord() as discord:
        settings = settings_for(discord, site, tmp_path / "data", cookies={"twitter": str(file)})
        async with open_bot(settings, discord.token):
            well = await ask_for_health(discord)
            file.write_text("sess=good; other=1")
            os.utime(file, (1_800_000_001, 1_800_000_001))
            ill = await ask_for_health(discord)
    assert "I'm well" in well
    assert "Cookies of twitter: 1 for 127.0.0.1 (file of 2027-01-15)\n" in well
    assert "Something needs the operator" in ill
    expected = "none that can be used (file of 2027-01-15); line 1 is skipped: a header string, which names no site; "
    assert f"Cookies of twitter: {expected}" in ill

"""Cookie files as people have them, used by both engines on a site with a part for members and a public part."""

import asyncio
import codecs
import hashlib
import io
import json
import os
import urllib.request
from pathlib import Path
from typing import Any

import attrs
import pytest
from loguru import logger

from boss_bot_core.app.app import open_app
from boss_bot_core.cli.get.progress import PlainProgress
from boss_bot_core.cli.get.request import GetRequest
from boss_bot_core.cli.get.session import GetSession
from boss_bot_core.cli.get.waiter import DownloadWaiter
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.settings import load
from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_bot, open_discord, settings_for
from tests.bot.test_events import ask_for_health
from tests.e2e.harness import Home, MakeHome

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


PATHS = [f"{part}/clip.mp4{end}" for part in ("members", "public") for end in ("", "/watch")]
"""A members' and a public file with each engine: gallery-dl takes the file, yt-dlp the page."""


@attrs.frozen
class Fetched:
    """What was fetched with a file, what the operator was told about the file, and the log."""

    outcomes: list[dict[str, Any]]
    warnings: list[str]
    log: str


@pytest.fixture(scope="module")
def fetched(make_home: MakeHome, site: RemoteSite) -> dict[str, Fetched]:
    """What one app fetches with each file, which replaces the one before."""
    return asyncio.run(fetch_with_each_file(make_home(), site))


async def fetch_with_each_file(home: Home, site: RemoteSite) -> dict[str, Fetched]:
    file, fetched = home.folder / "cookies.txt", {}
    file.touch()
    settings = load(environ=home.environ | {"BOSS_BOT_COOKIES": f"gallerydl={file},ytdlp={file}"})
    async with open_app(settings) as app, app.dispatch():
        for name, case in CASES.items():
            file.write_bytes(case.content)
            # Another query makes another link: stored files are not used again.
            request = GetRequest(
                urls=tuple(f"{site.http_url}/{path}?file={name}" for path in PATHS),
                folder=home.out,
                max_file_size_bytes=50 * MEGABYTE,
                priority=DownloadPriority.NORMAL,
                options=DownloadOptions(),
            )
            lines: list[str] = []
            sink = logger.add(lines.append, format="{message}")
            warnings = list(app.cookies.warnings())
            async with DownloadWaiter(app, PlainProgress(io.StringIO()), max_wait_s=0) as waiter:
                outcomes = [attrs.asdict(result) for result in await GetSession(app, request, waiter).run()]
            logger.remove(sink)
            fetched[name] = Fetched(outcomes, warnings, "".join(lines))
    return fetched


@pytest.fixture(scope="module")
def clip_sha256(site: RemoteSite) -> str:
    with urllib.request.urlopen(f"{site.http_url}/files/clip.mp4", timeout=10) as answer:
        return hashlib.sha256(answer.read()).hexdigest()


def describe(outcome: dict[str, Any]) -> tuple[str, str]:
    """Return the plugin, and the hash of the file or the code of the error."""
    error = outcome["error"]
    return outcome["plugin"], error["code"] if error else outcome["files"][0]["sha256"]


def check_outcomes(name: str, outcomes: list[dict[str, Any]], clip_sha256: str) -> None:
    case = CASES[name]
    members = "auth_required" if case.advice else clip_sha256
    expected = [("gallerydl", members), ("ytdlp", members), ("gallerydl", clip_sha256), ("ytdlp", clip_sha256)]
    assert [describe(outcome) for outcome in outcomes] == expected
    for outcome in outcomes:
        if outcome["error"]:
            assert case.advice.format(plugin=outcome["plugin"]) in outcome["error"]["message"]


def check_warnings(name: str, lines: list[str]) -> None:
    case = CASES[name]
    for plugin in ("gallerydl", "ytdlp"):
        said = [line for line in lines if f"cookies of {plugin}, " in line]
        assert len(said) == bool(case.warning), lines
        assert all(line.endswith(f"{case.warning}{REEXPORT}") for line in said), lines


def check_log(name: str, log: str) -> None:
    # The log tells the operator also of a public file that came only without the cookies.
    assert log.count("127.0.0.1 does not accept the cookies of") == {"refused": 4, "expired": 2}.get(name, 0)


@pytest.mark.parametrize("name", CASES)
def test_good_lines_are_used_and_public_media_do_not_depend_on_them(
    fetched: dict[str, Fetched], clip_sha256: str, name: str
) -> None:
    check_outcomes(name, fetched[name].outcomes, clip_sha256)
    check_warnings(name, fetched[name].warnings)
    check_log(name, fetched[name].log)


@pytest.mark.parametrize("name", ["one_bad_line", "refused"])
def test_the_command_line_warns_and_never_logs_a_cookie(
    home: Home, site: RemoteSite, clip_sha256: str, name: str
) -> None:
    file = home.folder / "cookies.txt"
    file.write_bytes(CASES[name].content)
    urls = (f"{site.http_url}/{path}" for path in PATHS)
    result = home.get(*urls, BOSS_BOT_COOKIES=f"gallerydl={file},ytdlp={file}")
    check_outcomes(name, result.outcomes, clip_sha256)
    check_warnings(name, result.stderr.splitlines())
    log = (home.data / "logs" / "boss-bot.jsonl").read_text(encoding="utf-8")
    check_log(name, log)
    assert STALE not in log + result.stderr


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

"""`boss-bot get --debug`: a plugin's download hook in the foreground, with a real terminal and a real plugin."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import BOSS_BOT, Home

PLUGIN = """
import logging
from urllib.request import ProxyHandler, build_opener

from loguru import logger

from boss_bot_core.plugin import (
    DownloadResult, FetchedFile, MediaInfo, NotFoundError, Platform, Progress, Specificity, UrlMatch, hookimpl
)


@hookimpl
def bossbot_platform():
    return Platform(name="pictures", title="Pictures", description="Tests")


@hookimpl
def bossbot_match_url(link):
    key = "pictures:" + link.path
    return UrlMatch(media_key=key, url=link.url, specificity=Specificity.PLATFORM, engine="pictures", reason="a post")


@hookimpl
def bossbot_download(request):
    logging.getLogger("pictures").debug("a line of logging")
    logger.debug("a line of loguru")
    if "gone" in request.url:
        raise NotFoundError("No such post.") from KeyError("images of " + request.proxy_url)
    if "hole" in request.url:
        return DownloadResult(files=(FetchedFile(path="/etc/hostname"),))
    opener = build_opener(ProxyHandler({"http": request.proxy_url}))
    target = request.directory / "picture.jpg"
    if "stop" in request.url:
        breakpoint()
    with opener.open(request.url, timeout=20) as answer:
        target.write_bytes(answer.read())
    request.report(Progress(downloaded_bytes=target.stat().st_size))
    return DownloadResult(files=(FetchedFile(path=target, kind="image"),), media=MediaInfo(title="A cat"))
"""


@pytest.fixture
def plugin_folder(tmp_path: Path) -> Path:
    (tmp_path / "debugged_pictures.py").write_text(PLUGIN)
    info = tmp_path / "debugged_pictures-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: debugged-pictures\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boss_bot]\npictures = debugged_pictures\n")
    return tmp_path


class Terminal:
    """A pseudo terminal with a program in it."""

    def __init__(self, arguments: list[str], environ: dict[str, str]) -> None:
        self._master, slave = os.openpty()
        self.process = subprocess.Popen(
            arguments, env=environ, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)
        self.screen = ""

    def read_until(self, words: str, *, timeout_s: float = 60) -> str:
        """Return what the program has written up to `words`, which have to come."""
        start, end = len(self.screen), time.monotonic() + timeout_s
        os.set_blocking(self._master, False)
        while words not in self.screen[start:]:
            assert time.monotonic() < end, self.screen
            try:
                self.screen += os.read(self._master, 65_536).decode()
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                raise AssertionError(self.screen) from None
        return self.screen[start:]

    def type(self, line: str) -> None:
        os.write(self._master, f"{line}\n".encode())

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)


def test_a_breakpoint_stops_in_the_terminal_and_the_download_goes_on(
    home: Home, site: RemoteSite, plugin_folder: Path
) -> None:
    url = f"{site.http_url}/files/photo-1.jpg?stop"
    arguments = [*BOSS_BOT, "get", "--debug", "--plugin", "pictures", "--out", str(home.out), url]
    terminal = Terminal(arguments, home.environ | {"PYTHONPATH": str(plugin_folder)})
    try:
        before = terminal.read_until("(Pdb) ")
        terminal.type("print(request.media_key, target.name)")
        assert "pictures:/files/photo-1.jpg picture.jpg" in terminal.read_until("(Pdb) ")
        terminal.type("continue")
        after = terminal.read_until("delete the folder when you are done")
        assert terminal.process.wait(timeout=30) == 0
    finally:
        terminal.close()
    assert "Plugin pictures: a post (pictures:/files/photo-1.jpg, " in before
    assert "The download hook of pictures runs here unconfined, with your rights and without time limits." in before
    assert "a line of logging" in before
    assert "a line of loguru" in before
    assert "Report: Progress(" in after
    assert "Title: A cat" in after
    (picture,) = home.out.glob("debug-pictures-*/picture.jpg")
    assert str(picture) in after.replace("\r\n", "")
    assert picture.stat().st_size > 0


def test_an_exception_is_shown_with_its_whole_traceback_and_the_bot_s_error(home: Home, plugin_folder: Path) -> None:
    url = "https://pictures.example/gone"
    done = home.run("get", "--debug", "--out", str(home.out), url, PYTHONPATH=str(plugin_folder))
    assert done.returncode == 1
    for words in (
        "KeyError: 'images of ***'",
        "The above exception was the direct cause of the following exception:",
        'debugged_pictures.py", line',
        'raise NotFoundError("No such post.") from KeyError',
        "The bot reports it as not_found: No such post.",
    ):
        assert words in done.stderr
    assert "lease:" not in done.stderr


def test_a_result_that_the_bot_refuses_is_reported(home: Home, plugin_folder: Path) -> None:
    url = "https://pictures.example/hole"
    done = home.run("get", "--debug", "--out", str(home.out), url, PYTHONPATH=str(plugin_folder))
    assert done.returncode == 1
    assert "The bot reports it as " in done.stderr


def test_the_rules_for_addresses_hold(home: Home, plugin_folder: Path) -> None:
    done = home.run("get", "--debug", "--out", str(home.out), "http://10.0.0.1/x", PYTHONPATH=str(plugin_folder))
    assert done.returncode == 1
    assert "The proxy refused 10.0.0.1:80: private" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--debug",), 2, "--debug takes one link"),
        (("--debug", "https://a.example/1", "https://a.example/2"), 2, "--debug takes one link"),
        (("--debug", "--json", "https://a.example/1"), 2, "prints no JSON"),
        (("--plugin", "pictures", "https://a.example/1"), 2, "add --debug"),
        (("--debug", "--plugin", "reddit", "https://a.example/1"), 1, "does not claim https://a.example/1; these do:"),
    ],
)
def test_wrong_usage_is_reported(home: Home, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = home.run("get", *arguments)
    assert (done.returncode, words in done.stderr.replace("\n", " ")) == (code, True), done.stderr
    assert "Traceback" not in done.stderr

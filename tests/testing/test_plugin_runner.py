"""`PluginRunner`, which plugin authors use: cookies, reports and size limits, with a real plugin and a real site."""

from collections.abc import Mapping
from pathlib import Path

import attrs
import pytest

from boss_bot_core.errors import AuthRequiredError, FileTooLargeError, PluginError
from boss_bot_core.plugin import Progress
from boss_bot_core.testing.plugin_runner import PluginRunner
from boss_bot_sandbox.site import RemoteSite


@pytest.fixture
def runner(boss_bot_runner: PluginRunner, site: RemoteSite) -> PluginRunner:
    return attrs.evolve(boss_bot_runner, host_overrides={"media.example.com": site.http_url.removeprefix("http://")})


MEMBERS = "http://media.example.com/members/photo-1.jpg"


async def test_without_cookies_the_hook_gets_none(runner: PluginRunner) -> None:
    with pytest.raises(AuthRequiredError):
        await runner.fetch("gallerydl", MEMBERS)


NETSCAPE = "media.example.com\tFALSE\t/\tFALSE\t0\tsess\tgood"


@pytest.mark.parametrize("form", ["names", "text", "file"])
async def test_the_hook_gets_cookies_in_each_form(runner: PluginRunner, tmp_path: Path, form: str) -> None:
    path = tmp_path / "cookies.txt"
    path.write_text(NETSCAPE)
    forms: dict[str, Mapping[str, str] | str | Path] = {"names": {"sess": "good"}, "text": NETSCAPE, "file": path}
    runner = attrs.evolve(runner, cookies=forms[form])
    (file,) = (await runner.fetch("gallerydl", MEMBERS)).files
    assert file.path.stat().st_size > 0
    assert "good" not in repr(runner)


async def test_a_cookie_that_cannot_be_read_fails_the_test(runner: PluginRunner) -> None:
    with pytest.raises(ValueError, match="cookies: line 1 is skipped"):
        await attrs.evolve(runner, cookies="sess good").fetch("gallerydl", MEMBERS)


async def test_the_reports_of_the_last_fetch_are_collected(runner: PluginRunner) -> None:
    for name in ("photo-1.jpg", "clip.mp4"):
        (file,) = (await runner.fetch("gallerydl", f"http://media.example.com/files/{name}")).files
        last = [report for report in runner.reports if isinstance(report, Progress)][-1]
        assert last.downloaded_bytes == file.path.stat().st_size
        assert last.filename == name


async def test_the_hook_gets_the_size_limits(runner: PluginRunner) -> None:
    with pytest.raises(FileTooLargeError):
        await attrs.evolve(runner, max_file_size_bytes=1000).fetch(
            "gallerydl", "http://media.example.com/files/clip.mp4"
        )


async def test_a_plugin_that_does_not_claim_the_link_is_named(runner: PluginRunner) -> None:
    with pytest.raises(PluginError, match="'twitter' does not claim"):
        await runner.fetch("twitter", MEMBERS)

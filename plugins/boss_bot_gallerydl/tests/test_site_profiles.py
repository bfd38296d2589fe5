"""A site profile's decisions, and the results of posts with several files; a test profile makes up the posts."""

import json
from pathlib import Path

import pytest

from boss_bot_core.plugin import (
    BlockedError,
    DownloadResult,
    EngineBrokenError,
    FileTooLargeError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    UnsupportedUrlError,
)
from boss_bot_gallerydl.testing import DownloadHarness
from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.twitter import tweet

HOST = "https://media.example.com"
GOOD = f"{HOST}/files/photo-1.jpg"
ALSO_GOOD = f"{HOST}/files/photo-2.jpg"

PLUGIN = """
import json
from boss_bot_core.plugin import PermissionDeniedError
from boss_bot_gallerydl.engine import SiteProfile, fetch
from gallery_dl import text
from gallery_dl.extractor.message import Message

class ListProfile(SiteProfile):
    categories = frozenset({"directlink"})
    max_files = 4

    def prepare_extractor(self, extractor):
        if extractor.url == self.request.url:
            extractor.items = self.items

    def items(self):
        yield Message.Directory, "", {"title": "A list", "id": 7}
        for number, (kind, url) in enumerate(json.loads(self.request.media_key), 1):
            if kind == "break":
                raise KeyError(url)
            yield (Message.Url if kind == "file" else Message.Queue), url, text.nameext_from_url(url, {"num": number})

    def on_file(self, url, file):
        if "secret" in url:
            raise PermissionDeniedError("Secret.")

def bossbot_download(request):
    return fetch(ListProfile(request))
"""


@pytest.fixture
def list_harness(
    harness: DownloadHarness, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> DownloadHarness:
    """A harness whose posts have the parts that the media key lists."""
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "list_plugin.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(folder)
    return DownloadHarness(
        plugin="list_plugin", proxy_url=harness.proxy_url, ca_file=harness.ca_file, directory=harness.directory
    )


async def fetch(
    list_harness: DownloadHarness, *parts: tuple[str, str], query: str = "", **changes: object
) -> DownloadResult:
    return await list_harness.fetch(f"{HOST}/list.jpg{query}", media_key=json.dumps(parts), **changes)


def names(result: DownloadResult) -> list[str | None]:
    return [file.name for file in result.files]


async def test_a_missing_file_is_listed_as_skipped(list_harness: DownloadHarness) -> None:
    result = await fetch(list_harness, ("file", GOOD), ("file", f"{HOST}/status/404/gone.jpg"), ("file", ALSO_GOOD))
    assert names(result) == ["photo-1.jpg", "photo-2.jpg"]
    assert [(it.name, it.reason) for it in result.skipped] == [
        ("gone.jpg", "media.example.com does not have this (any more).")
    ]
    assert (result.media.title, result.media.media_id) == ("A list", "7")


async def test_a_retryable_file_causes_one_more_attempt(list_harness: DownloadHarness, site: MediaSite) -> None:
    parts = [("file", GOOD), ("file", f"{HOST}/status/503/later.jpg")]
    with pytest.raises(NetworkError):
        await fetch(list_harness, *parts)
    result = await fetch(list_harness, *parts)
    assert names(result) == ["photo-1.jpg"]
    assert "503" in result.skipped[0].reason
    assert len(site.requests.matching("photo-1.jpg")) == 1


async def test_a_later_attempt_completes_the_post(list_harness: DownloadHarness) -> None:
    parts = [("file", GOOD), ("file", f"{HOST}/flaky/503/3/photo-2.jpg")]
    with pytest.raises(NetworkError):
        await fetch(list_harness, *parts)
    assert names(await fetch(list_harness, *parts)) == ["photo-1.jpg", "photo-2.jpg"]


async def test_a_file_that_the_profile_refuses_is_not_requested(list_harness: DownloadHarness, site: MediaSite) -> None:
    result = await fetch(list_harness, ("file", f"{HOST}/files/secret.jpg"), ("file", GOOD))
    assert result.skipped[0].reason == "Secret."
    assert not site.requests.matching("secret")


@pytest.mark.parametrize("query", ["?img_index=2", "?igsh=x&img_index=2"])
async def test_only_the_part_that_a_link_points_at_is_fetched(
    list_harness: DownloadHarness, site: MediaSite, query: str
) -> None:
    assert names(await fetch(list_harness, ("file", GOOD), ("file", ALSO_GOOD), query=query)) == ["photo-2.jpg"]
    assert len(site.requests) == 1


async def test_a_part_that_the_post_does_not_have_is_nothing_found(list_harness: DownloadHarness) -> None:
    with pytest.raises(NothingFoundError):
        await fetch(list_harness, ("file", GOOD), query="?img_index=3")


async def test_another_plugin_may_know_other_addresses_of_files_that_are_gone(list_harness: DownloadHarness) -> None:
    with pytest.raises(NotFoundError) as caught:
        await fetch(list_harness, ("file", f"{HOST}/status/404/gone.jpg"))
    assert caught.value.try_next


async def test_links_to_media_are_followed_once(list_harness: DownloadHarness, site: MediaSite) -> None:
    result = await fetch(list_harness, ("link", GOOD), ("link", GOOD), ("link", ALSO_GOOD))
    assert names(result) == ["photo-1.jpg", "photo-2.jpg"]
    assert len(site.requests.matching("photo-1.jpg")) == 1
    assert not result.skipped


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://unknown.example/page", "not supported"),
        ("recursive:https://media.example.com/files/photo-2.jpg", "not supported"),
        ("ytdl:https://media.example.com/files/clip.mp4", "not supported"),
        ("file:///etc/hostname", "not supported"),
        ("r:file:///etc/hostname", "not supported"),
        ("https://10.0.0.1/a.jpg", "off limits"),
        (f"{HOST}/status/404/a.jpg", "does not have this"),
        (f"https://x.com/i/status/{tweet('deleted').id}", "x.com says: “Unavailable”"),
        (f"https://x.com/i/status/{tweet('text').id}", "nothing behind the link"),
    ],
)
async def test_a_link_that_is_not_followed_has_a_reason(
    list_harness: DownloadHarness, site: MediaSite, url: str, reason: str
) -> None:
    result = await fetch(list_harness, ("file", GOOD), ("link", url))
    assert names(result) == ["photo-1.jpg"]
    assert [reason in it.reason for it in result.skipped] == [True]
    assert len(list(list_harness.directory.iterdir())) == 1


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ([], NothingFoundError),
        ([("link", "https://unknown.example/page")], UnsupportedUrlError),
        ([("link", "https://10.0.0.1/a.jpg")], BlockedError),
        ([("file", f"{HOST}/status/404/a.jpg"), ("link", "https://unknown.example/page")], NotFoundError),
        ([("file", f"{HOST}/gzip-bomb/a.jpg"), ("file", f"{HOST}/endless/clip.mp4")], FileTooLargeError),
        ([("file", f"{HOST}/files/list.m3u8")], NothingFoundError),
        ([("break", "changed")], EngineBrokenError),
        ([("file", f"{HOST}/status/404/a.jpg"), ("file", f"{HOST}/status/503/b.jpg")], NetworkError),
    ],
)
async def test_without_any_file_the_most_specific_error_is_raised(
    list_harness: DownloadHarness, parts: list[tuple[str, str]], error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        await fetch(list_harness, *parts, max_file_size_bytes=2 * 1_048_576)
    assert type(caught.value) is error
    assert not list(list_harness.directory.iterdir())


async def test_files_are_kept_when_the_engine_breaks_after_them(list_harness: DownloadHarness) -> None:
    result = await fetch(list_harness, ("file", GOOD), ("break", "changed"))
    assert names(result) == ["photo-1.jpg"]
    assert result.skipped[0].name == "The rest of the post"


async def test_files_beyond_the_limit_are_reported(list_harness: DownloadHarness) -> None:
    result = await fetch(list_harness, *(("file", f"{HOST}/files/photo-{number}.jpg") for number in range(1, 8)))
    assert names(result) == [f"photo-{number}.jpg" for number in range(1, 5)]
    assert result.skipped[0].reason == "Only the first 4 files are fetched."


async def test_an_address_of_another_site_is_unsupported(list_harness: DownloadHarness, site: MediaSite) -> None:
    with pytest.raises(UnsupportedUrlError):
        await list_harness.fetch("https://imgur.com/abcd123")
    assert not len(site.requests)


async def test_a_hostile_name_stays_in_the_directory(list_harness: DownloadHarness, tmp_path: Path) -> None:
    result = await fetch(list_harness, ("file", f"{HOST}/files/photo-1.jpg?%2e%2e/%2e%2e/etc/passwd%00@everyone"))
    assert all(file.path.parent == tmp_path for file in result.files)

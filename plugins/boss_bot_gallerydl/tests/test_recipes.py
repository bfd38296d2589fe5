"""What a recipe decides, and how a post of several parts ends; the posts are lists that a recipe of ours makes up."""

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
from boss_bot_gallerydl.testing import DownloadBench
from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.twitter import tweet

HOST = "https://media.example.com"
GOOD = f"{HOST}/files/photo-1.jpg"
ALSO_GOOD = f"{HOST}/files/photo-2.jpg"

PLUGIN = """
import json
from boss_bot_core.plugin import PermissionDeniedError
from boss_bot_gallerydl.engine import Recipe, fetch
from gallery_dl import text
from gallery_dl.extractor.message import Message

class ListRecipe(Recipe):
    categories = frozenset({"directlink"})
    max_files = 4

    def prepare(self, extractor):
        if extractor.url == self.request.url:
            extractor.items = self.items

    def items(self):
        yield Message.Directory, "", {"title": "A list", "id": 7}
        for kind, url in json.loads(self.request.media_key):
            if kind == "break":
                raise KeyError(url)
            yield (Message.Url if kind == "file" else Message.Queue), url, text.nameext_from_url(url)

    def on_file(self, url, file):
        if "secret" in url:
            raise PermissionDeniedError("Secret.")

def bossbot_download(request):
    return fetch(request, ListRecipe(request))
"""


@pytest.fixture
def lists(
    bench: DownloadBench, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> DownloadBench:
    """A bench whose posts are what the media key lists."""
    folder = tmp_path_factory.mktemp("plugin")
    (folder / "list_plugin.py").write_text(PLUGIN)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return DownloadBench(
        plugin="list_plugin", proxy_url=bench.proxy_url, ca_file=bench.ca_file, directory=bench.directory
    )


async def fetch(lists: DownloadBench, *parts: tuple[str, str], **changes: object) -> DownloadResult:
    return await lists.fetch(f"{HOST}/list.jpg", media_key=json.dumps(parts), **changes)


def names(result: DownloadResult) -> list[str | None]:
    return [file.name for file in result.files]


async def test_a_missing_part_is_listed_beside_the_others(lists: DownloadBench) -> None:
    result = await fetch(lists, ("file", GOOD), ("file", f"{HOST}/status/404/gone.jpg"), ("file", ALSO_GOOD))
    assert names(result) == ["photo-1.jpg", "photo-2.jpg"]
    assert [(it.name, it.reason) for it in result.skipped] == [
        ("gone.jpg", "media.example.com does not have this (any more).")
    ]
    assert (result.media.title, result.media.media_id) == ("A list", "7")


async def test_a_part_that_may_come_later_is_waited_for_once(lists: DownloadBench, site: MediaSite) -> None:
    parts = [("file", GOOD), ("file", f"{HOST}/status/503/later.jpg")]
    with pytest.raises(NetworkError):
        await fetch(lists, *parts)
    result = await fetch(lists, *parts)
    assert names(result) == ["photo-1.jpg"]
    assert "503" in result.skipped[0].reason
    assert len(site.requests.matching("photo-1.jpg")) == 1


async def test_a_part_that_comes_later_completes_the_post(lists: DownloadBench) -> None:
    parts = [("file", GOOD), ("file", f"{HOST}/flaky/503/3/photo-2.jpg")]
    with pytest.raises(NetworkError):
        await fetch(lists, *parts)
    assert names(await fetch(lists, *parts)) == ["photo-1.jpg", "photo-2.jpg"]


async def test_a_refusal_of_the_recipe_costs_no_request(lists: DownloadBench, site: MediaSite) -> None:
    result = await fetch(lists, ("file", f"{HOST}/files/secret.jpg"), ("file", GOOD))
    assert result.skipped[0].reason == "Secret."
    assert not site.requests.matching("secret")


async def test_links_to_media_are_followed_once(lists: DownloadBench, site: MediaSite) -> None:
    result = await fetch(lists, ("link", GOOD), ("link", GOOD), ("link", ALSO_GOOD))
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
        (f"https://x.com/i/status/{tweet('deleted').id}", "gave up on x.com"),
        (f"https://x.com/i/status/{tweet('text').id}", "nothing behind the link"),
    ],
)
async def test_a_link_that_is_not_followed_says_why(
    lists: DownloadBench, site: MediaSite, url: str, reason: str
) -> None:
    result = await fetch(lists, ("file", GOOD), ("link", url))
    assert names(result) == ["photo-1.jpg"]
    assert [reason in it.reason for it in result.skipped] == [True]
    assert len(list(lists.directory.iterdir())) == 1


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
async def test_where_nothing_came_the_most_telling_reason_is_raised(
    lists: DownloadBench, parts: list[tuple[str, str]], error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        await fetch(lists, *parts, max_file_size_bytes=2 * 1_048_576)
    assert type(caught.value) is error
    assert not list(lists.directory.iterdir())


async def test_an_engine_that_breaks_in_the_middle_keeps_what_came(lists: DownloadBench) -> None:
    result = await fetch(lists, ("file", GOOD), ("break", "changed"))
    assert names(result) == ["photo-1.jpg"]
    assert result.skipped[0].name == "The rest of the post"


async def test_more_than_may_be_fetched_is_said(lists: DownloadBench) -> None:
    result = await fetch(lists, *(("file", f"{HOST}/files/photo-{number}.jpg") for number in range(1, 8)))
    assert names(result) == [f"photo-{number}.jpg" for number in range(1, 5)]
    assert result.skipped[0].reason == "Only the first 4 files are fetched."


async def test_an_address_of_another_site_is_not_for_this_recipe(lists: DownloadBench, site: MediaSite) -> None:
    with pytest.raises(UnsupportedUrlError):
        await lists.fetch("https://imgur.com/abcd123")
    assert not len(site.requests)


async def test_hostile_names_stay_in_the_folder(lists: DownloadBench, tmp_path: Path) -> None:
    result = await fetch(lists, ("file", f"{HOST}/files/photo-1.jpg?%2e%2e/%2e%2e/etc/passwd%00@everyone"))
    assert all(file.path.parent == tmp_path for file in result.files)

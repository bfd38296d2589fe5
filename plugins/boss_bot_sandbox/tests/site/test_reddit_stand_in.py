"""The stand-in for Reddit: its table, its API, and downloads of the real engines."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import av
import pytest

from boss_bot_sandbox.site import POSTS, SHARES, MediaSite
from boss_bot_sandbox.site.reddit import post

Engine = Callable[..., Awaitable[Any]]


async def _json(client: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, Any]:
    async with client.get(url, headers=headers) as answer:
        return answer.status, await answer.json(content_type=None)


def test_every_case_is_unique_and_share_links_refer_to_posts() -> None:
    assert len({entry.case for entry in POSTS.values()}) == len(POSTS)
    assert set(SHARES.values()) <= POSTS.keys()
    with pytest.raises(LookupError):
        post("no such case")


async def test_texts_are_escaped_without_raw_json(client: aiohttp.ClientSession) -> None:
    url = f"https://www.reddit.com/comments/{post('gallery').id}/.json"
    captions = []
    for address in (url, f"{url}?raw_json=1"):
        _, answer = await _json(client, address)
        captions.append(answer[0]["data"]["children"][0]["data"]["gallery_data"]["items"][1]["caption"])
    assert captions == ["Second &amp; best", "Second & best"]


@pytest.mark.parametrize(
    ("case", "status", "reason"),
    [
        ("private", 403, "private"),
        ("quarantined", 403, "quarantined"),
        ("not-found", 404, None),
        ("too-many", 429, None),
    ],
)
async def test_an_error_response_has_reddit_s_format(
    client: aiohttp.ClientSession, case: str, status: int, reason: str | None
) -> None:
    got, answer = await _json(client, f"{post(case).url}.json")
    assert (got, answer["error"], answer.get("reason")) == (status, status, reason)


async def test_a_quarantined_post_is_sent_to_readers_with_the_opt_in(client: aiohttp.ClientSession) -> None:
    async with client.post("https://www.reddit.com/api/v1/access_token") as answer:
        token = (await answer.json())["access_token"]
    url = f"https://oauth.reddit.com/comments/{post('quarantined').id}/.json"
    opted = {"Authorization": f"Bearer {token}", "Cookie": "_options=%7B%22pref_quarantine_optin%22%3A%20true%7D"}
    assert [(await _json(client, url))[0], (await _json(client, url, **opted))[0]] == [401, 200]


async def test_the_quota_error_ends_after_one_request(client: aiohttp.ClientSession) -> None:
    url = f"{post('out-of-quota').url}.json"
    assert [(await _json(client, url))[0] for _ in range(2)] == [429, 200]


async def test_the_picture_host_redirects_browsers_to_a_page(client: aiohttp.ClientSession) -> None:
    url = "https://i.redd.it/photo-40.jpg"
    async with client.get(url, headers={"Accept": "text/html"}, allow_redirects=False) as page:
        assert page.headers["Location"].startswith("https://www.reddit.com/media")
    async with client.get(url, headers={"Accept": "*/*"}) as picture:
        assert picture.content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("case", "files", "status", "said"),
    [
        ("image", 1, 0, ""),
        ("gif", 1, 0, ""),
        ("gallery", 3, 0, ""),
        ("video", 1, 0, ""),
        ("link", 1, 0, ""),
        ("dead-link", 1, 4, "fallback"),
        ("text", 0, 0, ""),
        ("not-found", 0, 4, "NotFoundError"),
        ("private", 0, 16, "AuthorizationError"),
        ("too-many", 0, 4, "Too Many Requests"),
    ],
)
async def test_gallery_dl_downloads_from_reddit(
    gallery_dl: Engine, case: str, files: int, status: int, said: str
) -> None:
    run = await gallery_dl(post(case).url)
    assert (run.status, len(run.files)) == (status, files), run.output
    assert said in run.output


@pytest.mark.parametrize(
    ("url", "streams"),
    [
        (post("video").url, {"video", "audio"}),
        (post("crosspost").url, {"video", "audio"}),
        (post("silent").url, {"video"}),
        ("https://v.redd.it/sandboxsound1", {"video", "audio"}),
        ("https://www.reddit.com/r/sandbox/s/sandboxS02", {"video", "audio"}),
        ("https://redd.it/1video", {"video", "audio"}),
    ],
)
async def test_yt_dlp_merges_a_hosted_video(yt_dlp: Engine, url: str, streams: set[str]) -> None:
    run = await yt_dlp(url)
    assert len(run.files) == 1, run.output
    with av.open(str(run.files[0]), mode="r") as container:
        assert {stream.type for stream in container.streams} == streams


async def test_yt_dlp_downloads_a_hosted_video_by_hls(yt_dlp: Engine, site: MediaSite) -> None:
    run = await yt_dlp("-f", "bv[protocol*=m3u8]+ba[protocol*=m3u8]", post("video").url)
    assert len(run.files) == 1, run.output
    assert len(site.requests.matching("segment-", host="v.redd.it")) >= 4

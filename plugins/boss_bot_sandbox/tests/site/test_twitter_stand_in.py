"""The stand-in for X: its table, its API, and downloads of the real engines."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import pytest

from boss_bot_sandbox.site import TWEETS, MediaSite
from boss_bot_sandbox.site.twitter import tweet

Engine = Callable[..., Awaitable[Any]]
GRAPHQL = "https://x.com/i/api/graphql/query"
LOGGED_IN = {"Cookie": "auth_token=sandbox-auth-token"}


async def _ask(
    client: aiohttp.ClientSession, query: str, headers: Mapping[str, str], **variables: str
) -> tuple[int, Any]:
    parameters = {"variables": json.dumps(variables)}
    async with client.get(f"{GRAPHQL}/{query}", params=parameters, headers=headers) as answer:
        return answer.status, await answer.json(content_type=None)


async def _guest(client: aiohttp.ClientSession) -> dict[str, str]:
    async with client.post("https://api.x.com/1.1/guest/activate.json") as answer:
        return {"x-guest-token": (await answer.json())["guest_token"]}


def test_every_case_is_unique_and_refers_to_existing_tweets() -> None:
    assert len({entry.case for entry in TWEETS.values()}) == len(TWEETS)
    for entry in TWEETS.values():
        assert {entry.quotes, entry.reply_to, entry.conversation} - {""} <= TWEETS.keys()
    with pytest.raises(LookupError):
        tweet("no such case")


async def test_a_query_without_a_token_is_refused(client: aiohttp.ClientSession) -> None:
    status, _ = await _ask(client, "TweetResultByRestId", {}, tweetId=tweet("photo").id)
    assert status == 403


async def test_a_wrong_cookie_is_refused(client: aiohttp.ClientSession) -> None:
    headers = {"Cookie": "auth_token=stale"}
    status, answer = await _ask(client, "TweetResultByRestId", headers, tweetId=tweet("photo").id)
    assert (status, answer["errors"][0]["code"]) == (401, 32)


async def test_guest_tokens_are_refused_until_the_site_is_reset(client: aiohttp.ClientSession, site: MediaSite) -> None:
    site.refuse_guest_tokens(429)
    async with client.post("https://api.x.com/1.1/guest/activate.json") as answer:
        assert answer.status == 429
        assert answer.headers["x-rate-limit-remaining"] == "0"
    site.reset()
    assert await _guest(client)


@pytest.mark.parametrize("case", ["protected", "adult"])
async def test_withheld_tweets_are_sent_to_logged_in_readers(client: aiohttp.ClientSession, case: str) -> None:
    wanted = tweet(case).id
    _, closed = await _ask(client, "TweetResultByRestId", await _guest(client), tweetId=wanted)
    _, opened = await _ask(client, "TweetResultByRestId", LOGGED_IN, tweetId=wanted)
    assert closed["data"]["tweetResult"]["result"]["__typename"] == "TweetUnavailable"
    assert opened["data"]["tweetResult"]["result"]["rest_id"] == wanted


async def test_conversations_are_sent_to_logged_in_readers_only(client: aiohttp.ClientSession) -> None:
    status, _ = await _ask(client, "TweetDetail", await _guest(client), focalTweetId=tweet("thread-1").id)
    assert status == 404
    _, answer = await _ask(client, "TweetDetail", LOGGED_IN, focalTweetId=tweet("thread-2").id)
    found = re.findall(r'"rest_id": "(18\d+)"', json.dumps(answer))
    assert found == [tweet(case).id for case in ("thread-1", "thread-2", "thread-3", "thread-stranger")]


async def test_short_links_and_other_host_names_redirect_to_x(client: aiohttp.ClientSession) -> None:
    url = tweet("photo").url
    for other in (f"https://t.co/{tweet('photo').id}", url.replace("x.com", "fxtwitter.com")):
        async with client.get(other, allow_redirects=False) as answer:
            assert answer.headers["Location"] == url


@pytest.mark.parametrize(
    ("case", "files", "status", "said"),
    [
        ("photo", 1, 0, ""),
        ("photos", 4, 0, ""),
        ("video", 1, 0, ""),
        ("quote", 2, 0, ""),
        ("mixed", 2, 0, ""),
        ("text", 0, 0, "No results"),
        ("deleted", 0, 4, "Unavailable"),
        ("suspended", 0, 4, "Suspended"),
        ("protected", 0, 16, "Protected Tweet"),
        ("adult", 0, 16, "NSFW Tweet"),
        ("rate-limited", 0, 4, "Rate limit exceeded"),
    ],
)
async def test_gallery_dl_downloads_from_x(gallery_dl: Engine, case: str, files: int, status: int, said: str) -> None:
    run = await gallery_dl(tweet(case).url)
    assert (run.status, len(run.files)) == (status, files), run.output
    assert said in run.output


@pytest.mark.parametrize(
    ("case", "files", "said"),
    [
        ("video", 1, ""),
        ("hls-only", 1, ""),
        ("rate-limited", 1, "falling back to syndication"),
        ("photo", 0, "No video could be found"),
        ("suspended", 0, "Suspended"),
        ("private-link", 0, "403"),
    ],
)
async def test_yt_dlp_downloads_from_x(yt_dlp: Engine, case: str, files: int, said: str) -> None:
    run = await yt_dlp(tweet(case).url)
    assert (run.status == 0, len(run.files)) == (bool(files), files), run.output
    assert said in run.output


async def test_gallery_dl_downloads_a_whole_thread_when_logged_in(
    gallery_dl: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    jar = tmp_path_factory.mktemp("jar") / "cookies.txt"
    line = ".x.com\tTRUE\t/\tTRUE\t0\tauth_token\tsandbox-auth-token"
    jar.write_text(f"# Netscape HTTP Cookie File\n{line}\n")
    options = ("-o", f"cookies={jar}", "-o", "cookies-update=false", "-o", "conversations=true")
    run = await gallery_dl(*options, tweet("thread-1").url)
    assert [path.stem[-4:] for path in run.files] == ["10_1", "11_1", "12_1", "13_1"], run.output

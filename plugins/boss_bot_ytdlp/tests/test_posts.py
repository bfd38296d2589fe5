"""X and Reddit by yt-dlp's own extractors, against simulated sites with TLS; this plugin is their fallback."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import pytest

from boss_bot_sandbox.site import POSTS, TWEETS, RemoteSite

if TYPE_CHECKING:
    from plugins.boss_bot_ytdlp.tests.conftest import Engine

KNOWN_TWEETS = {tweet.case: tweet for tweet in TWEETS.values()}
KNOWN_POSTS = {post.case: post for post in POSTS.values()}


def tweet_url(case: str) -> str:
    return f"https://x.com/i/status/{KNOWN_TWEETS[case].id}"


def post_url(case: str) -> str:
    return f"https://www.reddit.com/r/sandbox/comments/{KNOWN_POSTS[case].id}/title/"


def height_and_streams(path: Path) -> tuple[int, list[str]]:
    with av.open(str(path)) as media:
        assert next(media.decode(video=0)).width
        return media.streams.video[0].height, sorted(stream.type for stream in media.streams)


async def test_a_video_of_x_is_fetched_with_its_metadata(engine: "Engine") -> None:
    outcome = await engine.fetch(tweet_url("video"))
    media = outcome.result["media"]
    assert height_and_streams(outcome.paths[0]) == (360, ["audio", "video"])
    assert media["media_id"] == KNOWN_TWEETS["video"].id
    assert media["title"] is None
    assert media["text"].startswith("A video")
    assert media["author"] == "Sandbox Owl"
    assert media["created_at"].endswith("+00:00")
    assert not media["adult"]
    assert outcome.messages_of("Described")[0]["media"]["text"] == media["text"]


async def test_a_tweet_with_an_hls_stream_only_becomes_a_video_file(engine: "Engine") -> None:
    outcome = await engine.fetch(tweet_url("hls-only"))
    assert height_and_streams(outcome.paths[0]) == (180, ["audio", "video"])


async def test_the_next_version_is_fetched_when_the_host_refuses_one(engine: "Engine", site: RemoteSite) -> None:
    outcome = await engine.fetch(tweet_url("refused-files"))
    assert height_and_streams(outcome.paths[0]) == (180, ["audio", "video"])
    assert outcome.paths[0].name.startswith("media-001.")
    assert [record.status for record in site.requests.matching("/vid/avc1/640x360/")] == [403]


async def test_the_part_that_a_link_points_at_is_fetched(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{tweet_url('mixed')}/video/2")
    assert height_and_streams(outcome.paths[0])[0] == 360
    assert (await engine.fetch(f"{tweet_url('mixed')}/photo/1")).error["type"] == "NothingFoundError"


async def test_a_gif_of_x_is_a_video_without_audio(engine: "Engine") -> None:
    outcome = await engine.fetch(tweet_url("gif"))
    assert height_and_streams(outcome.paths[0]) == (180, ["video"])


@pytest.mark.parametrize(
    ("changes", "height"),
    [
        ({}, 360),
        ({"options": {"quality": "360"}}, 360),
        ({"target_file_size_bytes": 200_000}, 180),
        ({"target_file_size_bytes": 1_000}, 180),
    ],
)
async def test_the_version_depends_on_the_options_and_on_the_size_limit(
    engine: "Engine", changes: dict[str, Any], height: int
) -> None:
    outcome = await engine.fetch(tweet_url("video"), **changes)
    assert height_and_streams(outcome.paths[0])[0] == height


async def test_audio_only_extracts_the_audio_of_a_video(engine: "Engine") -> None:
    outcome = await engine.fetch(tweet_url("video"), options={"audio_only": True})
    with av.open(str(outcome.paths[0])) as media:
        assert [stream.type for stream in media.streams] == ["audio"]
    assert outcome.result["files"][0]["kind"] == "audio"


async def test_a_video_is_fetched_although_x_refuses_guest_tokens(engine: "Engine", site: RemoteSite) -> None:
    site.refuse_guest_tokens(429)
    outcome = await engine.fetch(tweet_url("video"))
    assert height_and_streams(outcome.paths[0])[1] == ["audio", "video"]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("photo", "NothingFoundError"),
        ("text", "NothingFoundError"),
        ("deleted", "NothingFoundError"),
        ("suspended", "NotFoundError"),
        ("tombstone", "NotFoundError"),
        ("protected", "PermissionDeniedError"),
        ("adult", "AuthRequiredError"),
        ("private-link", "BlockedError"),
    ],
)
async def test_a_tweet_without_media_raises_the_expected_error(engine: "Engine", case: str, expected: str) -> None:
    outcome = await engine.fetch(tweet_url(case))
    assert outcome.error["type"] == expected


@pytest.mark.parametrize("case", ["video", "crosspost", "over-18-video"])
async def test_a_reddit_video_is_merged_with_its_audio(engine: "Engine", case: str) -> None:
    outcome = await engine.fetch(post_url(case))
    assert height_and_streams(outcome.paths[0]) == (360, ["audio", "video"])
    assert outcome.result["media"]["title"] == KNOWN_POSTS[case].title
    assert outcome.result["media"]["media_id"] == KNOWN_POSTS[case].id
    assert outcome.result["media"]["adult"] == (case == "over-18-video")


@pytest.mark.parametrize("url", ["https://v.redd.it/sandboxsound1", "https://www.reddit.com/r/sandbox/s/sandboxS02"])
async def test_short_links_of_reddit_are_resolved(engine: "Engine", url: str) -> None:
    outcome = await engine.fetch(url)
    assert height_and_streams(outcome.paths[0]) == (360, ["audio", "video"])
    assert outcome.result["media"]["title"] == KNOWN_POSTS["video"].title


async def test_a_reddit_video_without_audio_is_fetched(engine: "Engine") -> None:
    outcome = await engine.fetch(post_url("silent"))
    assert height_and_streams(outcome.paths[0])[1] == ["video"]


async def test_a_linked_video_of_another_site_is_fetched(engine: "Engine") -> None:
    outcome = await engine.fetch(post_url("link-video"))
    assert height_and_streams(outcome.paths[0])[1] == ["audio", "video"]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("image", "NothingFoundError"),
        ("gallery", "NothingFoundError"),
        ("empty", "EngineBrokenError"),
        ("private", "PermissionDeniedError"),
        ("not-found", "NotFoundError"),
        ("too-many", "RateLimitError"),
        ("overloaded", "NetworkError"),
        ("private-link", "BlockedError"),
    ],
)
async def test_a_post_without_media_raises_the_expected_error(engine: "Engine", case: str, expected: str) -> None:
    outcome = await engine.fetch(post_url(case))
    assert outcome.error["type"] == expected

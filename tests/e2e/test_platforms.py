"""Tests of X and Reddit, over real TLS against stand-in sites, with the real engines."""

from typing import Any

import av
import pytest

from boss_bot_sandbox.site import RemoteSite
from boss_bot_sandbox.site.reddit import post
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.harness import Home, MakeHome

pytestmark = pytest.mark.xdist_group("platforms")

X_DOWNLOADABLE = {
    "photo": ["image/jpeg"],
    "photos": ["image/jpeg"] * 4,
    "video": ["video/mp4"],
    "gif": ["video/mp4"],
    "hls-only": ["video/mp4"],
    "quote": ["image/jpeg", "video/mp4"],
    "sensitive": ["image/jpeg"],
    "hostile": ["image/jpeg"],
    "retweet": ["image/jpeg"] * 4,
    "refused-files": ["video/mp4"],
}
PROFILE = "https://x.com/sandbox_owl"
X_UNAVAILABLE = {
    "text": {"nothing_found"},
    "deleted": {"not_found"},
    "suspended": {"not_found", "permission_denied"},
    "protected": {"auth_required"},
    "adult": {"auth_required"},
}
REDDIT_DOWNLOADABLE = {
    "image": ["image/jpeg"],
    "gif": ["image/gif"],
    "gallery": ["image/jpeg", "image/jpeg", "image/png"],
    "video": ["video/mp4"],
    "silent": ["video/mp4"],
    "crosspost": ["video/mp4"],
    "link": ["image/jpeg"],
    "link-video": ["video/mp4"],
    "over-18": ["image/jpeg"],
    "refused-dash": ["video/mp4"],
}
REDDIT_UNAVAILABLE = {
    "text": {"nothing_found"},
    "removed": {"not_found", "nothing_found"},
    "dead-link": {"not_found", "nothing_found"},
    "private": {"permission_denied", "auth_required"},
    "quarantined": {"permission_denied", "auth_required"},
    "not-found": {"not_found"},
    "too-many": {"rate_limit"},
    "overloaded": {"network"},
    "private-link": {"blocked"},
}


@pytest.fixture(scope="module")
def outcomes(make_home: MakeHome, site: RemoteSite) -> dict[str, Any]:
    """The outcomes of all cases, from one `boss-bot get`."""
    urls = [PROFILE]
    urls += [tweet(case).url for case in (*X_DOWNLOADABLE, *X_UNAVAILABLE)]
    urls += [post(case).url for case in (*REDDIT_DOWNLOADABLE, *REDDIT_UNAVAILABLE)]
    result = make_home().get(*urls, timeout_s=300)
    return {outcome["url"]: outcome for outcome in result.outcomes}


def check_downloaded(outcome: dict[str, Any], platform: str, types: list[str]) -> None:
    assert outcome["status"] == "completed", outcome
    assert outcome["platform"] == platform
    assert [file["mime_type"] for file in outcome["files"]] == types
    assert outcome["author"]


def check_failed(outcome: dict[str, Any], codes: set[str]) -> None:
    assert (outcome["status"], outcome["files"]) == ("failed", [])
    assert outcome["error"]["code"] in codes, outcome


@pytest.mark.parametrize("case", X_DOWNLOADABLE)
def test_x_posts_are_downloaded(outcomes: dict[str, Any], case: str) -> None:
    check_downloaded(outcomes[tweet(case).url], "twitter", X_DOWNLOADABLE[case])


@pytest.mark.parametrize("case", X_UNAVAILABLE)
def test_unavailable_x_posts_fail_with_their_error_code(outcomes: dict[str, Any], case: str) -> None:
    check_failed(outcomes[tweet(case).url], X_UNAVAILABLE[case])


def test_a_profile_that_shows_nothing_to_guests_wants_a_login(outcomes: dict[str, Any]) -> None:
    check_failed(outcomes[PROFILE], {"auth_required"})
    assert outcomes[PROFILE]["attempts"] == 1


def test_the_plugin_that_downloaded_the_files_is_named(outcomes: dict[str, Any]) -> None:
    outcome = outcomes[tweet("hls-only").url]
    assert (outcome["platform"], outcome["plugin"]) == ("twitter", "ytdlp")


def test_a_rate_limited_guest_of_x_is_served_by_the_second_engine(home: Home, site: RemoteSite) -> None:
    assert home.get(tweet("rate-limited").url).single_outcome["status"] == "completed"


@pytest.mark.parametrize("case", REDDIT_DOWNLOADABLE)
def test_reddit_posts_are_downloaded(outcomes: dict[str, Any], case: str) -> None:
    check_downloaded(outcomes[post(case).url], "reddit", REDDIT_DOWNLOADABLE[case])


@pytest.mark.parametrize("case", ["video", "crosspost", "refused-dash"])
def test_reddit_videos_have_video_and_audio_streams(outcomes: dict[str, Any], case: str) -> None:
    (file,) = outcomes[post(case).url]["files"]
    with av.open(file["path"]) as media:
        assert {stream.type for stream in media.streams} == {"video", "audio"}


@pytest.mark.parametrize("case", REDDIT_UNAVAILABLE)
def test_unavailable_reddit_posts_fail_with_their_error_code(outcomes: dict[str, Any], case: str) -> None:
    check_failed(outcomes[post(case).url], REDDIT_UNAVAILABLE[case])


@pytest.mark.parametrize("host", ["x.com", "mobile.twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com"])
def test_every_form_of_a_link_names_the_same_post(home: Home, host: str) -> None:
    post_id = tweet("photo").url.rpartition("/")[2]
    text = home.run("plugins", "why", f"https://{host}/somebody/status/{post_id}?s=20").stdout
    assert f"twitter:{post_id} " in text.splitlines()[2], text

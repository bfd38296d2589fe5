"""A download without some of its parts: the text, the JSON and the exit code of `boss-bot get` tell what is missing."""

import json

import pytest

from boss_bot_sandbox.site import RemoteSite
from boss_bot_sandbox.site.reddit import post
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.harness import Home

INCOMPLETE = 3
LATER_POSTS = {"name": "Later posts of the thread", "reason": "X shows them only after a login."}


@pytest.mark.parametrize("site_url", [tweet("thread-3").url, tweet("thread-3").url.replace("x.com", "fxtwitter.com")])
def test_a_thread_without_its_later_posts_is_incomplete(home: Home, site: RemoteSite, site_url: str) -> None:
    result = home.get("--thread", site_url)
    outcome = result.single_outcome
    assert (outcome["status"], outcome["error"], len(outcome["files"])) == ("completed", None, 3)
    assert outcome["skipped"] == [LATER_POSTS]
    assert result.exit_code == INCOMPLETE


def test_the_text_names_the_missing_parts(home: Home, site: RemoteSite) -> None:
    done = home.run("get", "--thread", "--out", str(home.out), tweet("thread-1").url)
    assert done.stdout.splitlines()[-1] == f"  missing: {LATER_POSTS['name']}: {LATER_POSTS['reason']}"
    assert done.returncode == INCOMPLETE


def test_a_file_above_the_limit_is_a_missing_part(home: Home, site: RemoteSite) -> None:
    result = home.get("--max-file-size", "10KB", tweet("mixed").url, BOSS_BOT_DISABLED_PLUGINS="media")
    assert [file["mime_type"] for file in result.single_outcome["files"]] == ["image/jpeg"]
    (skipped,) = result.single_outcome["skipped"]
    assert "than the 10 KB that fit" in skipped["reason"]
    assert result.exit_code == INCOMPLETE


def test_a_gallery_without_a_picture_is_incomplete(home: Home, site: RemoteSite) -> None:
    result = home.get(post("gallery-gap").url)
    assert len(result.single_outcome["files"]) == 1
    assert result.single_outcome["skipped"] == [
        {"name": "Picture 2 of the gallery", "reason": "Reddit could not process it."}
    ]
    assert result.exit_code == INCOMPLETE


def test_the_second_engine_tells_that_it_fetches_no_thread(home: Home, site: RemoteSite) -> None:
    result = home.get("--thread", tweet("rate-limited").url)
    assert result.single_outcome["plugin"] == "ytdlp"
    assert [part["name"] for part in result.single_outcome["skipped"]] == ["Other posts of the thread"]
    assert result.exit_code == INCOMPLETE


def test_a_failed_link_outweighs_missing_parts(home: Home, site: RemoteSite) -> None:
    result = home.get("--thread", tweet("thread-1").url, tweet("deleted").url)
    assert [outcome["status"] for outcome in result.outcomes] == ["completed", "failed"]
    assert [len(outcome["skipped"]) for outcome in result.outcomes] == [1, 0]
    assert result.exit_code == 1


def test_a_complete_post_has_no_missing_parts(home: Home, site: RemoteSite) -> None:
    result = home.get(tweet("photos").url)
    assert (result.exit_code, result.single_outcome["skipped"]) == (0, [])


def test_the_lines_of_the_engines_stand_in_the_log_and_not_between_the_results(home: Home, site: RemoteSite) -> None:
    done = home.run("get", "--out", str(home.out), f"{site.http_url}/status/404/clip.mp4")
    progress = [line for line in done.stderr.splitlines() if line.startswith("#")]
    assert done.stderr.splitlines() == progress
    assert "not_found: " in done.stdout
    logged = [json.loads(line) for line in (home.data / "logs" / "boss-bot.jsonl").read_text().splitlines()]
    assert {line["level"] for line in logged if line.get("action") == "engine"} >= {"ERROR"}

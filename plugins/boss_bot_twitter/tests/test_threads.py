"""Which posts of a conversation belong together; the conversations are too odd for the site to show."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from gallery_dl import exception

from boss_bot_twitter._thread import earlier_posts, own_thread

Post = dict[str, Any]


def post(number: int, author: str, parent: int = 0, parent_author: str = "", **more: str) -> Post:
    legacy = {"user_id_str": author, **more}
    if parent:
        legacy |= {"in_reply_to_status_id_str": str(parent), "in_reply_to_user_id_str": parent_author or author}
    return {"rest_id": str(number), "legacy": legacy}


def site_of(answer: Callable[[str], Post]) -> SimpleNamespace:
    """An extractor whose API answers as told: what matters here are answers that end a walk."""
    return SimpleNamespace(exc=exception, api=SimpleNamespace(tweet_result_by_rest_id=answer))


def test_an_author_keeps_what_is_his_and_what_he_quotes() -> None:
    conversation = [
        post(1, "a"),
        post(2, "b", 1, "a"),
        post(3, "a", 1),
        post(9, "c", quoted_by_id_str="3"),
        post(10, "c", quoted_by_id_str="2"),
    ]
    assert [it["rest_id"] for it in own_thread(conversation, "3")] == ["1", "3", "9"]


def test_a_post_that_is_not_shown_has_no_thread() -> None:
    assert own_thread([post(1, "a")], "2") == []


def test_earlier_posts_come_oldest_first() -> None:
    posts = {str(number): post(number, "a", number - 1) for number in range(1, 5)}
    found = earlier_posts(site_of(posts.__getitem__), posts["4"])
    assert [it["rest_id"] for it in found] == ["1", "2", "3"]


def test_a_thread_in_a_circle_ends() -> None:
    circle = {"1": post(1, "a", 2), "2": post(2, "a", 1)}
    assert len(earlier_posts(site_of(circle.__getitem__), circle["1"])) == 25


def test_a_post_that_is_gone_ends_the_thread() -> None:
    def gone(_: str) -> Post:
        raise exception.AbortExtraction("'Unavailable'")

    assert earlier_posts(site_of(gone), post(2, "a", 1)) == []
    assert earlier_posts(site_of(lambda _: {"__typename": "TweetTombstone"}), post(2, "a", 1)) == []


def test_a_rate_limit_on_the_way_up_is_worth_another_try() -> None:
    def limited(_: str) -> Post:
        raise exception.AbortExtraction("Rate limit exceeded")

    with pytest.raises(exception.AbortExtraction):
        earlier_posts(site_of(limited), post(2, "a", 1))

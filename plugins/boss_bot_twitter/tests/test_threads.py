"""The posts that belong to a thread, in conversations that the simulated X does not have."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from gallery_dl import exception

from boss_bot_twitter._thread import fetch_earlier_posts, filter_own_thread

Post = dict[str, Any]


def post(number: int, author: str, parent: int = 0, parent_author: str = "", **more: str) -> Post:
    legacy = {"user_id_str": author, **more}
    if parent:
        legacy |= {"in_reply_to_status_id_str": str(parent), "in_reply_to_user_id_str": parent_author or author}
    return {"rest_id": str(number), "legacy": legacy}


def build_extractor(answer: Callable[[str], Post]) -> SimpleNamespace:
    """Return an extractor whose API answers with a function; the tests need answers that end the search."""
    return SimpleNamespace(exc=exception, api=SimpleNamespace(tweet_result_by_rest_id=answer))


def test_a_thread_has_the_posts_of_its_author_and_the_quoted_posts() -> None:
    conversation = [
        post(1, "a"),
        post(2, "b", 1, "a"),
        post(3, "a", 1),
        post(9, "c", quoted_by_id_str="3"),
        post(10, "c", quoted_by_id_str="2"),
    ]
    assert [it["rest_id"] for it in filter_own_thread(conversation, "3")] == ["1", "3", "9"]


def test_a_post_that_is_not_in_the_conversation_has_no_thread() -> None:
    assert filter_own_thread([post(1, "a")], "2") == []


def test_earlier_posts_are_sorted_oldest_first() -> None:
    posts = {str(number): post(number, "a", number - 1) for number in range(1, 5)}
    found, reason = fetch_earlier_posts(build_extractor(posts.__getitem__), posts["4"])
    assert ([it["rest_id"] for it in found], reason) == (["1", "2", "3"], None)


def test_a_cyclic_thread_ends_at_the_maximum_length() -> None:
    circle = {"1": post(1, "a", 2), "2": post(2, "a", 1)}
    found, reason = fetch_earlier_posts(build_extractor(circle.__getitem__), circle["1"])
    assert (len(found), reason) == (25, "Only 25 earlier posts are fetched.")


def test_a_missing_post_ends_the_thread() -> None:
    def gone(_: str) -> Post:
        raise exception.AbortExtraction("'Unavailable'")

    nothing: tuple[list[Post], str] = ([], "X does not show the post before.")
    assert fetch_earlier_posts(build_extractor(gone), post(2, "a", 1)) == nothing
    assert fetch_earlier_posts(build_extractor(lambda _: {"__typename": "TweetTombstone"}), post(2, "a", 1)) == nothing


def test_a_rate_limit_in_a_thread_is_raised() -> None:
    def limited(_: str) -> Post:
        raise exception.AbortExtraction("Rate limit exceeded")

    with pytest.raises(exception.AbortExtraction):
        fetch_earlier_posts(build_extractor(limited), post(2, "a", 1))

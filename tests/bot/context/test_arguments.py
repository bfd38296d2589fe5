"""The arguments of a download command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.bot.context.arguments import parse_arguments
from boss_bot_core.domain.status import DownloadPriority

URL = "https://x.com/user/status/123"


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        (URL, None),
        (f"{URL} high", DownloadPriority.HIGH),
        (f"{URL} LOW", DownloadPriority.LOW),
        (f"normal {URL}", DownloadPriority.NORMAL),
        (f"{URL} it is so high there", None),
        (f"low {URL} high", DownloadPriority.HIGH),
    ],
)
def test_the_last_or_first_word_is_the_priority(text: str, priority: DownloadPriority | None) -> None:
    request = parse_arguments(text)
    assert [link.url for link in request.links] == [URL]
    assert request.priority is priority


def test_five_links_are_accepted_and_the_rest_is_counted() -> None:
    request = parse_arguments(" ".join(f"<{URL}{number}>" for number in range(8)))
    assert (len(request.links), request.omitted_count) == (5, 3)


def test_the_links_of_another_message_keep_the_priority() -> None:
    request = parse_arguments("high").with_links_from(f"look: {URL} low")
    assert [link.url for link in request.links] == [URL]
    assert request.priority is DownloadPriority.HIGH


@given(st.text(max_size=300))
def test_parsing_never_raises(text: str) -> None:
    request = parse_arguments(text)
    assert all(link.scheme in {"http", "https"} for link in request.links)

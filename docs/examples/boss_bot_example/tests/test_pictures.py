"""The plugin knows its links, and only those."""

import pytest

from boss_bot_core.plugin import Link
from boss_bot_example.plugin import bossbot_match_url


def link(host: str, path: str) -> Link:
    return Link(url=f"https://{host}{path}", scheme="https", host=host, path=path)


def test_a_post_is_claimed_under_its_number() -> None:
    match = bossbot_match_url(link("www.pictures.example", "/p/42"))
    assert match is not None
    assert match.media_key == "pictures:42"


@pytest.mark.parametrize(("host", "path"), [("pictures.example", "/about"), ("notpictures.example", "/p/42")])
def test_other_links_are_left_to_others(host: str, path: str) -> None:
    assert bossbot_match_url(link(host, path)) is None

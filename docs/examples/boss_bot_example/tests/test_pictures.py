"""Tests of the plugin: it implements the contract, claims only the links of its site, and reads the site's answers."""

from typing import ClassVar

import pytest
from respx import MockRouter

from boss_bot_core.plugin import NotFoundError
from boss_bot_core.testing.conformance import PlatformConformance
from boss_bot_core.testing.hook_request import RequestBuilder
from boss_bot_example.plugin import bossbot_download

PAGE = "https://pictures.example/p/42"


class TestPictures(PlatformConformance):
    plugin = "pictures"
    links: ClassVar = {
        PAGE: "pictures:42",
        "https://www.pictures.example/p/42?ref=mail": "pictures:42",
    }
    foreign_links = (
        "https://pictures.example/about",
        "https://pictures.example.evil.example/p/42",
        "https://notpictures.example/p/42",
    )


def test_the_pictures_of_a_post_are_fetched(boss_bot_request: RequestBuilder, boss_bot_site: MockRouter) -> None:
    urls = [f"https://cdn.pictures.example/{name}.jpg" for name in ("sun", "sea")]
    post = {"title": "Two pictures", "pictures": [{"url": url} for url in urls]}
    boss_bot_site.get(f"{PAGE}.json", headers={"Cookie": "of_age=yes"}).respond(json=post)
    for url in urls:
        boss_bot_site.get(url, headers={"Referer": PAGE}).respond(content=b"\xff\xd8\xff\xe0\x00\x10JFIF")
    result = bossbot_download(boss_bot_request(PAGE))
    assert result.media.title == "Two pictures"
    assert [(file.name, file.kind) for file in result.files] == [("sun.jpg", "image"), ("sea.jpg", "image")]


def test_a_missing_post_is_not_found(boss_bot_request: RequestBuilder, boss_bot_site: MockRouter) -> None:
    boss_bot_site.get(f"{PAGE}.json").respond(404)
    with pytest.raises(NotFoundError):
        bossbot_download(boss_bot_request(PAGE))

"""The links that are claimed, and their media keys."""

import subprocess
import sys
import time
from importlib.machinery import PathFinder
from unittest.mock import create_autospec

import attrs
import pytest

from boss_bot_core.plugin import Specificity, UrlMatch
from boss_bot_core.routing.links import parse_link
from boss_bot_ytdlp import _direct_links, plugin
from boss_bot_ytdlp.engine import claim_link

YOUTUBE = "https://www.youtube.com/watch?v=BaW_jenozKc"
TWEET = "https://x.com/i/status/1800000000000000003"
POST = "https://www.reddit.com/comments/1abc23"


@pytest.mark.parametrize(
    ("url", "media_key", "canonical"),
    [
        ("https://youtu.be/BaW_jenozKc?si=x&t=30", "youtube:BaW_jenozKc", YOUTUBE),
        ("https://www.youtube.com/shorts/BaW_jenozKc", "youtube:BaW_jenozKc", YOUTUBE),
        ("https://music.youtube.com/watch?v=BaW_jenozKc&list=RDAMVM", "youtube:BaW_jenozKc", YOUTUBE),
        ("https://m.youtube.com/watch?v=BaW_jenozKc&t=1m", "youtube:BaW_jenozKc", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/BaW_jenozKc", "youtube:BaW_jenozKc", YOUTUBE),
        ("https://www.youtube.com/live/BaW_jenozKc?feature=share", "youtube:BaW_jenozKc", YOUTUBE),
        ("https://x.com/owl/status/1800000000000000003?s=20", "twitter:1800000000000000003", TWEET),
        ("https://fxtwitter.com/owl/status/1800000000000000003/en", "twitter:1800000000000000003", TWEET),
        ("https://x.com/owl/status/1800000000000000003/photo/2", "twitter:1800000000000000003:2", f"{TWEET}/photo/2"),
        ("https://vxtwitter.com/owl/status/1800000000000000003/2", "twitter:1800000000000000003:2", f"{TWEET}/photo/2"),
        ("https://mobile.twitter.com/i/web/status/1800000000000000003", "twitter:1800000000000000003", TWEET),
        ("https://old.reddit.com/r/a/comments/1abc23/some_title/?utm_source=share", "reddit:1abc23", POST),
        ("https://redd.it/1abc23", "reddit:1abc23", POST),
        ("https://www.reddit.com/gallery/1abc23", "reddit:1abc23", POST),
        ("https://v.redd.it/sandboxsound1/DASH_720.mp4", "reddit:v:sandboxsound1", "https://v.redd.it/sandboxsound1"),
        ("https://vimeo.com/76979871?share=copy", "vimeo:76979871", "https://vimeo.com/76979871?share=copy"),
    ],
)
def test_every_form_of_a_link_has_the_same_key_and_address(url: str, media_key: str, canonical: str) -> None:
    match = plugin.bossbot_match_url(parse_link(url))
    assert (match.media_key, match.url) == (media_key, canonical)
    assert match.specificity is Specificity.ENGINE
    assert match.engine == "yt-dlp"


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/owl/status/1800000000000000003/video/1",
        "https://twitter.com/i/web/status/1800000000000000003",
        "https://d.fxtwitter.com/owl/status/1800000000000000003",
        "https://xcancel.com/owl/status/1800000000000000003#m",
        "https://www.reddit.com/r/a/comments/1ABC23/some_title/xyz",
        "https://new.reddit.com/user/owl/comments/1abc23",
        "https://www.reddit.com/r/a/s/sandboxS02",
        "https://rxddit.com/r/a/comments/1abc23/some_title",
        "https://v.redd.it/sandboxsound1",
        "https://redd.it/1abc23",
    ],
)
def test_the_dedicated_plugins_use_the_same_keys(url: str) -> None:
    dedicated = [pytest.importorskip(name) for name in ("boss_bot_twitter.plugin", "boss_bot_reddit.plugin")]
    (claim,) = filter(None, (other.bossbot_match_url(parse_link(url)) for other in dedicated))
    assert (_match(url).media_key, _match(url).url) == (claim.media_key, claim.url)
    assert _match(url).engine != claim.engine


def test_a_parameter_that_selects_a_part_is_part_of_the_key() -> None:
    first, second = (_match(f"https://www.bilibili.com/video/BV13x41117TL?p={part}") for part in (1, 2))
    assert first.media_key != second.media_key
    assert first.media_key == _match("https://www.bilibili.com/video/BV13x41117TL?utm_source=x&p=1").media_key


def test_without_an_id_in_the_address_the_key_is_a_hash_of_the_address() -> None:
    assert _match("https://soundcloud.com/some/track").media_key.startswith("soundcloud:")
    assert _match("https://soundcloud.com/some/track") != _match("https://soundcloud.com/some/other")


@pytest.mark.parametrize(
    ("url", "extractor"),
    [
        ("https://streamable.com/e/moo", "Streamable"),
        ("https://vimeo.com/76979871?share=copy", "vimeo"),
        ("https://youtu.be/BaW_jenozKc?t=30", "youtube"),
        ("https://fxtwitter.com/owl/status/1800000000000000003", "twitter"),
    ],
)
def test_a_plugin_for_one_site_claims_its_links_under_the_same_key(url: str, extractor: str) -> None:
    found = claim_link(parse_link(url), "dailymotion", extractor)
    assert found is not None
    assert found == attrs.evolve(_match(url), specificity=Specificity.PLATFORM, reason=found.reason)


@pytest.mark.parametrize(
    "url", ["https://vimeo.com/76979871", "https://notstreamable.com/moo", "https://example.com/clip.mp4"]
)
def test_a_plugin_for_one_site_claims_no_other_links(url: str) -> None:
    assert claim_link(parse_link(url), "Streamable") is None


def test_an_unknown_extractor_is_an_error() -> None:
    with pytest.raises(ValueError, match="no extractor 'Streamble'"):
        claim_link(parse_link("https://streamable.com/moo"), "Streamble")


@pytest.mark.parametrize("name", ["clip.mp4", "CLIP.MP4", "a.jpg", "a.gif", "a.webp", "a.mp3", "a.m3u8", "a%20b.webm"])
def test_a_path_with_a_media_extension_is_a_direct_link(name: str) -> None:
    match = _match(f"https://media.example.com/files/{name}?x=1")
    assert match.specificity is Specificity.DIRECT
    assert match.media_key.startswith("direct:")
    assert len(match.media_key) == len("direct:") + 16


@pytest.mark.parametrize("url", ["https://example.com/", "https://example.com/about.html", "https://x.com/owl"])
def test_any_other_address_is_claimed_as_a_page(url: str) -> None:
    match = _match(url)
    assert match.specificity is Specificity.GENERIC
    assert match.media_key.startswith("generic:")


def test_a_site_is_recognised_by_its_host_only() -> None:
    assert _match("https://evil.example/x.com/owl/status/1").specificity is Specificity.GENERIC
    assert _match("https://notx.com/owl/status/1").specificity is Specificity.GENERIC


def test_a_match_takes_less_than_five_milliseconds_once_the_patterns_are_compiled() -> None:
    link = parse_link("https://nobody-knows.example/some/page")
    plugin.bossbot_match_url(link)

    def match_ms() -> float:
        # The thread's CPU time, the fastest of several runs: other work on the machine can only add to it.
        start = time.thread_time()
        plugin.bossbot_match_url(link)
        return (time.thread_time() - start) * 1000

    assert min(match_ms() for _ in range(20)) < 5


def test_the_plugin_module_and_the_platform_import_no_engine() -> None:
    check = (
        "import sys; from boss_bot_ytdlp import plugin; platform = plugin.bossbot_platform();"
        "assert platform.name == 'ytdlp' and platform.examples; assert 'yt_dlp' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", check], check=True)


def _match(url: str) -> UrlMatch:
    return plugin.bossbot_match_url(parse_link(url))


def test_yt_dlp_is_asked_about_every_named_host_where_its_release_has_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    links = [parse_link(f"{host}/clip.mp4") for host in ("https://qzxvfoo.example", "http://127.0.0.1")]
    assert [_direct_links.match_file_of_unknown_site(link) is None for link in links] == [False, False]
    monkeypatch.setattr(_direct_links, "PathFinder", create_autospec(PathFinder, find_spec=lambda _: None))
    _direct_links._read_extractor_list.cache_clear()
    assert [_direct_links.match_file_of_unknown_site(link) is None for link in links] == [True, False]
    _direct_links._read_extractor_list.cache_clear()

"""Samples: every name has a link of the site, and an unknown name is explained."""

from pathlib import Path

import pytest

from boss_bot_sandbox.harness.samples import UnknownSampleError, expand_samples, list_samples
from boss_bot_sandbox.site import POSTS, TWEETS
from boss_bot_sandbox.site.hosts import DOMAINS
from boss_bot_sandbox.site.media.library import MediaLibrary

NAMES = [one.name for one in list_samples()]


def test_names_and_links_are_unique_and_every_post_has_a_sample() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert len({one.url for one in list_samples()}) == len(NAMES)
    assert {f"x-{tweet.case}" for tweet in TWEETS.values()} < set(NAMES)
    assert {f"reddit-{post.case}" for post in POSTS.values()} < set(NAMES)


def test_every_link_has_a_host_of_the_site() -> None:
    for one in list_samples():
        host = one.url.split("/")[2]
        assert host.endswith(DOMAINS), one.url


def test_every_plain_file_can_be_made(tmp_path: Path) -> None:
    library = MediaLibrary(tmp_path)
    files = [one.url.split("?")[0].rpartition("/")[2] for one in list_samples() if "media.example.com" in one.url]
    assert all(library.path(name).stat().st_size for name in set(files))


def test_sample_names_are_replaced_by_links() -> None:
    text = expand_samples("$dl sample:photo high, <sample:x-photo> not mysample:photo")
    assert text == (
        "$dl https://media.example.com/files/photo-1.jpg high, <https://x.com/sandbox_owl/status/1800000000000000001>"
        " not mysample:photo"
    )


def test_an_unknown_name_is_explained_with_similar_names() -> None:
    with pytest.raises(UnknownSampleError, match=r"no sample:vidoe\. Did you mean video.*--samples"):
        expand_samples("$dl sample:vidoe")

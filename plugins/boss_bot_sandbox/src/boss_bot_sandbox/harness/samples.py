"""Samples: links of the media site under short names, such as ``sample:video``.

A user can type the short name instead of the address. Every link works without internet.
"""

import difflib
import re
from collections.abc import Iterator
from typing import Final

import attrs

from boss_bot_sandbox.site import POSTS, TWEETS
from boss_bot_sandbox.site.hosts import FILE_HOST

_REFERENCE: Final = re.compile(r"\bsample:([\w-]+)")
_MIB: Final = 1024 * 1024


@attrs.frozen
class Sample:
    """A link of the media site with a short name.

    Attributes:
        name: The name after ``sample:``.
        url: The address.
        about: A short description of the linked file.
        featured: Whether the web page shows it.
    """

    name: str
    url: str
    about: str
    featured: bool = True


class UnknownSampleError(LookupError):
    """There is no sample of that name; the message suggests similar names."""


_FILE_SAMPLES: Final = (
    Sample("video", f"{FILE_HOST}/files/clip.mp4", "a video with sound"),
    Sample("slow", f"{FILE_HOST}/throttled/200000/clip.mp4?size_bytes=4000000", "takes 20 seconds"),
    Sample("photo", f"{FILE_HOST}/files/photo-1.jpg", "a picture"),
    Sample("audio", f"{FILE_HOST}/files/tone.mp3", "a tone"),
    Sample("page", f"{FILE_HOST}/page/clip.mp4", "a page with a video"),
    Sample("big", f"{FILE_HOST}/files/clip.mp4?size_bytes={30 * _MIB}", "30 MB, which are made to fit"),
    Sample("cut", f"{FILE_HOST}/cut/300000/1/clip.mp4?size_bytes=600000", "breaks off once"),
    Sample("missing", f"{FILE_HOST}/status/404/photo-1.jpg", "is not there"),
    Sample("virus", f"{FILE_HOST}/files/eicar.jpg", "not what it claims"),
)

_FEATURED_POSTS: Final = {
    "x-photo": "one photo on X",
    "x-photos": "four photos on X",
    "x-video": "a video on X",
    "x-hostile": "ten hostile kilobytes",
    "x-sensitive": "marked as sensitive",
    "x-deleted": "a deleted post on X",
    "reddit-video": "its sound is apart",
    "reddit-gallery": "a Reddit gallery",
    "reddit-over-18": "over 18 on Reddit",
    "reddit-private": "a private subreddit",
}


def list_samples() -> tuple[Sample, ...]:
    """Return every sample: the plain files, then the posts of the stand-ins for X and Reddit."""
    return (*_FILE_SAMPLES, *_post_samples())


def expand_samples(text: str) -> str:
    """Return ``text`` with every ``sample:…`` replaced by its link.

    Raises:
        UnknownSampleError: There is no such sample.
    """
    urls = {sample.name: sample.url for sample in list_samples()}

    def url(match: re.Match[str]) -> str:
        if match[1] not in urls:
            similar = difflib.get_close_matches(match[1], urls, 3) or list(urls)[:3]
            raise UnknownSampleError(
                f"There is no sample:{match[1]}. Did you mean {', '.join(similar)}? See --samples."
            )
        return urls[match[1]]

    return _REFERENCE.sub(url, text)


def _post_samples() -> Iterator[Sample]:
    for tweet in TWEETS.values():
        yield _post_sample(f"x-{tweet.case}", tweet.url)
    for post in POSTS.values():
        yield _post_sample(f"reddit-{post.case}", post.url)


def _post_sample(name: str, url: str) -> Sample:
    site, _, case = name.partition("-")
    about = _FEATURED_POSTS.get(name, f"{case.replace('-', ' ')} on {site.title()}")
    return Sample(name, url, about, featured=name in _FEATURED_POSTS)

"""The tweets that exist on the stand-in for X, one per case, with their authors.

``TWEETS`` is the table; ``tweet`` looks one up by its case.
"""

from functools import partial
from types import MappingProxyType
from typing import Final

from boss_bot_sandbox.site.hosts import METADATA_ADDRESS
from boss_bot_sandbox.site.twitter.model import Author, Photo, Tweet, Video

OWL: Final = Author(id="7700000000000000001", screen_name="sandbox_owl", name="Sandbox Owl")
FOX: Final = Author(id="7700000000000000002", screen_name="sandbox_fox", name="Sandbox Fox")
MOLE: Final = Author(id="7700000000000000003", screen_name="sandbox_mole", name="Sandbox Mole", protected=True)

_HOSTILE_START: Final = "@everyone **bold** `code` ||spoiler|| \u202egpj.exe\u202c <@1> ../../etc/passwd $(id)"
HOSTILE_TEXT: Final = f"{_HOSTILE_START} {'A' * 10_000}"
"""A text of ten kilobytes with a ping, markdown, a reversed reading direction and a path that leaves its folder."""

_ADULT: Final = ("adult_content",)
_owl_tweet: Final = partial(Tweet, author=OWL)


def _id(number: int) -> str:
    return str(1_800_000_000_000_000_000 + number)


def _photo(number: int, alt: str = "", warnings: tuple[str, ...] = (), *, available: bool = True) -> Photo:
    return Photo(stem=f"photo-{number}", alt=alt, warnings=warnings, available=available)


def _reply(number: int, case: str, author: Author, text: str, *, to: int, thread: int = 10) -> Tweet:
    media, thread_id = (_photo(number),), _id(thread)
    return Tweet(
        id=_id(number), case=case, author=author, text=text, media=media, conversation=thread_id, reply_to=_id(to)
    )


_PUBLIC: Final = (
    _owl_tweet(id=_id(1), case="photo", text="One photo", media=(_photo(1),)),
    _owl_tweet(
        id=_id(2),
        case="photos",
        text="Four photos with descriptions",
        media=tuple(_photo(n, f"Stripes, picture {n}") for n in range(2, 6)),
    ),
    _owl_tweet(id=_id(3), case="video", text="A video", media=(Video(id=_id(103)),)),
    _owl_tweet(
        id=_id(4), case="gif", text="A GIF", media=(Video(id=_id(104), type="animated_gif", sizes=((320, 180),)),)
    ),
    _owl_tweet(id=_id(5), case="hls-only", text="A video with HLS alone", media=(Video(id=_id(105), sizes=()),)),
    _owl_tweet(id=_id(7), case="heavy-video", media=(Video(id=_id(107), best_bytes=24 * 1_048_576),)),
    _owl_tweet(id=_id(8), case="refused-files", media=(Video(id=_id(108), refuses_files=True),)),
    Tweet(id=_id(9), case="retweet", author=FOX, text="RT @sandbox_owl: Four photos", retweets=_id(2)),
    Tweet(id=_id(40), case="retweet-of-suspended", author=FOX, text="RT @sandbox_owl: …", retweets=_id(23)),
    Tweet(id=_id(6), case="quote", author=FOX, text="Look at this", media=(_photo(6),), quotes=_id(3)),
)
"""Tweets that everybody can see, by the kind of their media."""

_THREAD: Final = (
    _owl_tweet(id=_id(10), case="thread-1", text="Thread 1/3", media=(_photo(10),)),
    _reply(11, "thread-2", OWL, "Thread 2/3", to=10),
    _reply(12, "thread-3", OWL, "Thread 3/3", to=11),
    _reply(13, "thread-stranger", FOX, "@sandbox_owl nice", to=10),
    _reply(31, "thread-gap", OWL, "The post before is gone", to=22, thread=22),
)
"""A thread of one author, a reply of another author, and a thread whose earlier post is deleted."""

_WITHHELD: Final = (
    _owl_tweet(id=_id(20), case="text", text="Only words"),
    _owl_tweet(
        id=_id(21), case="sensitive", text="Marked as sensitive", media=(_photo(21, warnings=_ADULT),), sensitive=True
    ),
    _owl_tweet(id=_id(22), case="deleted", availability="deleted"),
    _owl_tweet(id=_id(23), case="suspended", availability="suspended"),
    Tweet(
        id=_id(24), case="protected", author=MOLE, text="For followers", media=(_photo(24),), availability="protected"
    ),
    _owl_tweet(id=_id(25), case="tombstone", availability="tombstone"),
    _owl_tweet(
        id=_id(26),
        case="adult",
        text="Shown to logged-in adults alone",
        media=(_photo(26, warnings=_ADULT),),
        sensitive=True,
        availability="adult",
    ),
    _owl_tweet(
        id=_id(27),
        case="rate-limited",
        text="Behind a rate limit",
        media=(Video(id=_id(127)),),
        availability="rate-limited",
    ),
    _owl_tweet(id=_id(28), case="hostile", text=HOSTILE_TEXT, media=(_photo(28),)),
    _owl_tweet(id=_id(29), case="private-link", text="See", link=METADATA_ADDRESS),
    _owl_tweet(id=_id(32), case="taken-down", text="One left", media=(_photo(32), _photo(33, available=False))),
    _owl_tweet(id=_id(30), case="mixed", text="A photo and a video", media=(_photo(30), Video(id=_id(130)))),
)
"""Tweets without media, tweets that X withholds, and tweets with hostile content."""

TWEETS: Final = MappingProxyType({tweet.id: tweet for tweet in (*_PUBLIC, *_THREAD, *_WITHHELD)})
"""Every tweet by its id."""


def tweet(case: str) -> Tweet:
    """Return the tweet that shows ``case``.

    Raises:
        LookupError: No tweet shows it.
    """
    for candidate in TWEETS.values():
        if candidate.case == case:
            return candidate
    raise LookupError(case)

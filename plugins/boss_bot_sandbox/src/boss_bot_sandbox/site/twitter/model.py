"""The values a tweet is described with: what exists on the stand-in for X, before any of X's JSON."""

from typing import Literal

import attrs


@attrs.frozen(kw_only=True)
class Author:
    """An account.

    Attributes:
        id: Numeric, as text.
        screen_name: The handle without @.
        name: The display name.
        protected: Whether only followers see its tweets.
    """

    id: str
    screen_name: str
    name: str
    protected: bool = False


@attrs.frozen(kw_only=True)
class Photo:
    """A picture on ``pbs.twimg.com``.

    Attributes:
        stem: Name of a library picture, without ``.jpg``.
        alt: The description its author gave.
        warnings: X's warning labels, such as ``adult_content``.
    """

    stem: str
    alt: str = ""
    warnings: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Video:
    """A video, or a looping "GIF", which X also keeps as an mp4.

    Attributes:
        id: The media's own number, part of its addresses.
        type: X's name for it.
        sizes: Width and height of each mp4 variant; empty when there is only HLS.
        best_bytes: How large the last variant is made; None leaves it as it was encoded.
    """

    id: str
    type: Literal["video", "animated_gif"] = "video"
    sizes: tuple[tuple[int, int], ...] = ((320, 180), (640, 360))
    best_bytes: int | None = None


Availability = Literal["here", "deleted", "suspended", "protected", "adult", "tombstone", "rate-limited"]


@attrs.frozen(kw_only=True)
class Tweet:
    """One tweet.

    Attributes:
        id: Its number, as text.
        case: A short name for what it is there to show; unique.
        conversation: Id of the tweet that started the thread; empty for itself.
        reply_to: Id of the tweet answered, or empty.
        quotes: Id of the tweet quoted, or empty.
        link: An address the text links to, or empty.
        availability: What X answers instead of the tweet; "protected" and "adult" only to guests.
    """

    id: str
    case: str
    author: Author
    text: str = ""
    media: tuple[Photo | Video, ...] = ()
    conversation: str = ""
    reply_to: str = ""
    quotes: str = ""
    link: str = ""
    sensitive: bool = False
    availability: Availability = "here"

    @property
    def url(self) -> str:
        """Return the address people share."""
        return f"https://x.com/{self.author.screen_name}/status/{self.id}"

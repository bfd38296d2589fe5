"""The data model of the X stand-in: tweets, their authors and their media."""

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
        alt: The alternative text.
        warnings: X's warning labels, such as ``adult_content``.
        available: Whether X shows it; X keeps the place of a picture that it took down.
    """

    stem: str
    alt: str = ""
    warnings: tuple[str, ...] = ()
    available: bool = True


@attrs.frozen(kw_only=True)
class Video:
    """A video, or a looping "GIF", which X also keeps as an mp4.

    Attributes:
        id: The number of the media, which is part of its addresses.
        type: X's name of the media type.
        sizes: Width and height of each mp4 variant; empty for HLS only.
        refuses_files: Whether the host answers 403 to requests for the mp4 variants, but not for HLS.
        best_bytes: The size to which the last variant is padded; None leaves it as it was encoded.
    """

    id: str
    type: Literal["video", "animated_gif"] = "video"
    sizes: tuple[tuple[int, int], ...] = ((320, 180), (640, 360))
    refuses_files: bool = False
    best_bytes: int | None = None


Availability = Literal["here", "deleted", "suspended", "protected", "adult", "tombstone", "rate-limited"]


@attrs.frozen(kw_only=True)
class Tweet:
    """One tweet.

    Attributes:
        id: Its number, as text.
        case: The unique short name of the test case that the tweet represents.
        conversation: Id of the first tweet of the thread; empty when it is this tweet.
        reply_to: Id of the tweet that it replies to, or empty.
        quotes: Id of the tweet that it quotes, or empty.
        retweets: Id of the tweet that it repeats, or empty.
        link: The address that the text links to, or empty.
        availability: What X sends instead of the tweet; "protected" and "adult" apply to guests only.
    """

    id: str
    case: str
    author: Author
    text: str = ""
    media: tuple[Photo | Video, ...] = ()
    conversation: str = ""
    reply_to: str = ""
    quotes: str = ""
    retweets: str = ""
    link: str = ""
    sensitive: bool = False
    availability: Availability = "here"

    @property
    def url(self) -> str:
        """Return the public address."""
        return f"https://x.com/{self.author.screen_name}/status/{self.id}"

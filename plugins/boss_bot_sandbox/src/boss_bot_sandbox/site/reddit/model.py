"""The values a Reddit post is described with: what exists on the stand-in, before any of Reddit's JSON."""

from typing import Any

import attrs


@attrs.frozen(kw_only=True)
class Picture:
    """A picture or gif on ``i.redd.it``, by its library name."""

    name: str


@attrs.frozen(kw_only=True)
class Gallery:
    """Several pictures: library name and caption of each."""

    items: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class HostedVideo:
    """A video on ``v.redd.it``.

    Attributes:
        id: Its name there; must be in ``VIDEOS`` for the files to be served.
        sound: Whether there is an audio file beside the video's.
    """

    id: str
    sound: bool = True


@attrs.frozen(kw_only=True)
class Link:
    """An address elsewhere.

    Attributes:
        url: Where it leads.
        preview: Library name of the picture Reddit kept of it, or empty.
    """

    url: str
    preview: str = ""


@attrs.frozen(kw_only=True)
class Text:
    """Words alone."""

    body: str


@attrs.frozen(kw_only=True)
class Crosspost:
    """Another post, shown again: its id."""

    of: str


Content = Picture | Gallery | HostedVideo | Link | Text | Crosspost


@attrs.frozen(kw_only=True)
class ErrorResponse:
    """What Reddit answers instead of a post.

    Attributes:
        status: The HTTP status.
        body: Sent as JSON; text is sent as a page.
        headers: Further headers.
        times: How many requests are refused; ``None`` for all.
        opt_in: Whether a logged-in reader who opted in gets the post.
    """

    status: int
    body: dict[str, Any] | str
    headers: dict[str, str] = attrs.field(factory=dict)
    times: int | None = None
    opt_in: bool = False


@attrs.frozen(kw_only=True)
class Post:
    """One post.

    Attributes:
        id: Its base-36 id.
        case: A short name for what it is there to show; unique.
        refusal: What is answered instead, or ``None``.
        removed: Whether a moderator took it down: title and nothing else remain.
        missing: Whether the listing is there but has no post in it.
    """

    id: str
    case: str
    content: Content
    title: str = ""
    subreddit: str = "sandbox"
    author: str = "sandbox_owl"
    over_18: bool = False
    removed: bool = False
    missing: bool = False
    error: ErrorResponse | None = None

    @property
    def permalink(self) -> str:
        """Return the path of the post."""
        return f"/r/{self.subreddit}/comments/{self.id}/{self.case.replace('-', '_')}/"

    @property
    def url(self) -> str:
        """Return the address people share."""
        return f"https://www.reddit.com{self.permalink}"

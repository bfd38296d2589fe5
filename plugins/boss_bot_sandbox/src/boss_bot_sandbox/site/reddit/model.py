"""The data model of the Reddit stand-in: posts, their content, and error responses."""

from typing import Any

import attrs


@attrs.frozen(kw_only=True)
class Picture:
    """A picture or gif on ``i.redd.it``, by its library name."""

    name: str


@attrs.frozen(kw_only=True)
class Gallery:
    """Several pictures, each with its library name and its caption; Reddit has lost those whose name has no suffix."""

    items: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class HostedVideo:
    """A video on ``v.redd.it``.

    Attributes:
        id: Its name on the host; the files are served only when it is in ``VIDEOS``.
        sound, dash: Whether there are a separate audio file, and a DASH manifest (403 otherwise).
    """

    id: str
    sound: bool = True
    dash: bool = True


@attrs.frozen(kw_only=True)
class ExternalLink:
    """A link to another site.

    Attributes:
        url: The address.
        preview: Library name of Reddit's preview picture; empty for none.
    """

    url: str
    preview: str = ""


@attrs.frozen(kw_only=True)
class SelfText:
    """A post with text only."""

    body: str


@attrs.frozen(kw_only=True)
class Crosspost:
    """A repetition of another post.

    Attributes:
        of: The id of the original post.
    """

    of: str


Content = Picture | Gallery | HostedVideo | ExternalLink | SelfText | Crosspost


@attrs.frozen(kw_only=True)
class ErrorResponse:
    """An error response that Reddit sends instead of a post.

    Attributes:
        status: The HTTP status.
        body: A dictionary is sent as JSON, a text as an HTML page.
        headers: Additional headers.
        times: How many requests get this response; ``None`` for all.
        opt_in: Whether a logged-in reader with the opt-in gets the post instead.
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
        case: The unique short name of the test case that the post represents.
        error: The response that is sent instead of the post, or ``None``.
        removed: Whether a moderator removed it; only the title remains.
        missing: Whether the listing exists but contains no post.
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
        """Return the public address."""
        return f"https://www.reddit.com{self.permalink}"

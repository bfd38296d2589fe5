"""The posts that exist on the Reddit stand-in, one per case, and the error responses of some of them.

``POSTS`` is the table; ``post`` looks one up by its case.
"""

from types import MappingProxyType
from typing import Final

from boss_bot_sandbox.site.hosts import FILE_HOST, METADATA_ADDRESS
from boss_bot_sandbox.site.reddit.model import (
    Crosspost,
    ErrorResponse,
    ExternalLink,
    Gallery,
    HostedVideo,
    Picture,
    Post,
    SelfText,
)

PRIVATE: Final = ErrorResponse(status=403, body={"reason": "private", "message": "Forbidden", "error": 403})
QUARANTINED: Final = ErrorResponse(
    status=403,
    body={"reason": "quarantined", "message": "Forbidden", "error": 403, "quarantine_message": "Sandbox quarantine"},
    opt_in=True,
)
BANNED: Final = ErrorResponse(status=404, body={"reason": "banned", "message": "Not Found", "error": 404})
NOT_FOUND: Final = ErrorResponse(status=404, body={"message": "Not Found", "error": 404})
TOO_MANY: Final = ErrorResponse(
    status=429, body={"message": "Too Many Requests", "error": 429}, headers={"Retry-After": "2"}
)
OUT_OF_QUOTA: Final = ErrorResponse(
    status=429,
    body={"message": "Too Many Requests", "error": 429},
    headers={"x-ratelimit-remaining": "0.0", "x-ratelimit-used": "100", "x-ratelimit-reset": "1"},
    times=1,
)
OVERLOADED: Final = ErrorResponse(
    status=503, body="<!doctype html><title>Reddit</title>Our CDN was unable to reach our servers"
)
BLOCKED: Final = ErrorResponse(status=403, body="<!doctype html><title>Blocked</title>Blocked by network security.")


HOSTILE_TITLE: Final = "@everyone **bold** \u202egpj.exe\u202c ../../etc/passwd $(id) \x07 " + "A" * 280

_IMAGE: Final = Picture(name="photo-41.jpg")
_SOUND: Final = HostedVideo(id="sandboxsound1")

_TABLE: Final = (
    Post(id="1image", case="image", title="One picture", content=Picture(name="photo-40.jpg")),
    Post(id="1gif", case="gif", title="A gif", content=Picture(name="animation.gif")),
    Post(
        id="1gallery",
        case="gallery",
        title="Three pictures",
        content=Gallery(items=(("photo-42.jpg", "First"), ("photo-43.jpg", "Second & best"), ("photo-44.png", ""))),
    ),
    Post(
        id="1gap", case="gallery-gap", title="One is lost", content=Gallery(items=(("photo-42.jpg", ""), ("lost", "")))
    ),
    Post(id="1video", case="video", title="A video with sound", content=_SOUND),
    Post(id="1silent", case="silent", title="No sound", content=HostedVideo(id="sandboxsilent", sound=False)),
    Post(id="1nodash", case="refused-dash", title="HLS alone", content=HostedVideo(id="sandboxnodash", dash=False)),
    Post(id="1cross", case="crosspost", title="Seen elsewhere", subreddit="sandbox2", content=Crosspost(of="1video")),
    Post(
        id="1link",
        case="link",
        title="A picture elsewhere",
        content=ExternalLink(url=f"{FILE_HOST}/files/photo-45.jpg", preview="photo-46.jpg"),
    ),
    Post(
        id="1linkvideo", case="link-video", title="Elsewhere", content=ExternalLink(url=f"{FILE_HOST}/files/clip.mp4")
    ),
    Post(
        id="1dead",
        case="dead-link",
        title="Gone elsewhere",
        content=ExternalLink(url=f"{FILE_HOST}/status/404/photo-47.jpg", preview="photo-48.jpg"),
    ),
    Post(id="1private", case="private-link", title="Inside", content=ExternalLink(url=METADATA_ADDRESS)),
    Post(id="1text", case="text", title="Words", content=SelfText(body="Only words, no link.")),
    Post(id="1adult", case="over-18", title="For adults", content=_IMAGE, over_18=True),
    Post(id="1adultvid", case="over-18-video", title="For adults", content=_SOUND, over_18=True),
    Post(id="1removed", case="removed", title="Taken down", content=_IMAGE, removed=True),
    Post(id="1empty", case="empty", content=_IMAGE, missing=True),
    Post(id="1hostile", case="hostile", title=HOSTILE_TITLE, content=_IMAGE),
    Post(id="1quarantine", case="quarantined", title="Odd", content=_IMAGE, error=QUARANTINED),
    Post(id="1privatesub", case="private", content=_IMAGE, error=PRIVATE),
    Post(id="1banned", case="banned", content=_IMAGE, error=BANNED),
    Post(id="1gone", case="not-found", content=_IMAGE, error=NOT_FOUND),
    Post(id="1toomany", case="too-many", content=_IMAGE, error=TOO_MANY),
    Post(id="1quota", case="out-of-quota", title="Later", content=_IMAGE, error=OUT_OF_QUOTA),
    Post(id="1overload", case="overloaded", content=_IMAGE, error=OVERLOADED),
    Post(id="1blocked", case="blocked", content=_IMAGE, error=BLOCKED),
)

POSTS: Final = MappingProxyType({post.id: post for post in _TABLE})
"""Every post by its id."""

VIDEOS: Final = MappingProxyType(
    {post.content.id: post.content for post in _TABLE if isinstance(post.content, HostedVideo)}
)
"""Every hosted video by its name on v.redd.it."""

SHARES: Final = MappingProxyType({"sandboxS01": "1image", "sandboxS02": "1video"})
"""The last path segment of each share link ``/r/sandbox/s/…``, and the id of its post."""


def post(case: str) -> Post:
    """Return the post that shows ``case``.

    Raises:
        LookupError: No post shows it.
    """
    for candidate in _TABLE:
        if candidate.case == case:
            return candidate
    raise LookupError(case)

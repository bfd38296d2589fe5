"""Translates X's refusals into typed errors with X's own words.

X refuses a post with an error status, or as often with a body of status 200; gallery-dl keeps little of either.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from boss_bot_gallerydl.engine import ErrorTable, TrafficRecord, build_error

_ERROR_CODES: Final[ErrorTable[int]] = {
    32: (AuthRequiredError, "X does not accept the bot's cookies any more."),
    34: (NotFoundError, "X does not have this page."),
    63: (PermissionDeniedError, "X has suspended the account."),
    88: (RateLimitError, "X asks us to slow down."),
    131: (NetworkError, "X has trouble right now."),
    144: (NotFoundError, "X does not have this post (any more)."),
    179: (AuthRequiredError, "Only the author's followers may see this post."),
    239: (NetworkError, "X did not accept its own guest pass."),
    326: (AuthRequiredError, "X has locked the account behind the bot's cookies."),
}

_UNAVAILABLE_REASONS: Final[ErrorTable[str]] = {
    "NsfwLoggedOut": (AuthRequiredError, "X shows this adult post only after a login."),
    "NsfwViewerHasNoStatedAge": (AuthRequiredError, "X shows this adult post only to accounts with a stated age."),
    "NsfwViewerIsUnderage": (PermissionDeniedError, "X shows this adult post to adults only."),
    "Protected": (AuthRequiredError, "Only the author's followers may see this post."),
    "Suspended": (PermissionDeniedError, "X has suspended the account."),
    "BounceDeleted": (NotFoundError, "X took the post down: it broke X's rules."),
    "AuthorBlockedViewer": (PermissionDeniedError, "The author does not let us see this post."),
}
"""Errors by X's reason for a result of type `TweetUnavailable`."""


def find_x_error(traffic: TrafficRecord) -> DownloadFailedError | None:
    """Return the error for X's last response, or None if the response is no refusal of X's own."""
    try:
        body = json.loads(traffic.response.body) if traffic.response else None
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    return _from_error_codes(body) or _from_tweet_result(body)


def _from_error_codes(body: dict[str, Any]) -> DownloadFailedError | None:
    entries = body.get("errors")
    for entry in entries if isinstance(entries, list) else ():
        code = entry.get("code") if isinstance(entry, dict) else None
        if isinstance(code, int) and (error := build_error(_ERROR_CODES, code)):
            return error
    return None


def _from_tweet_result(body: dict[str, Any]) -> DownloadFailedError | None:
    data = body.get("data")
    if not isinstance(data, dict) or not isinstance(holder := data.get("tweetResult"), dict):
        return None
    result = holder.get("result")
    if not isinstance(result, dict):
        return NotFoundError("X does not have this post (any more).")
    return find_refusal(result)


def find_refusal(result: dict[str, Any]) -> DownloadFailedError | None:
    """Return the error for what X sends in place of a post, or None for a post."""
    if reason := result.get("reason"):
        unknown = NotFoundError(f"X does not show this post ({reason}).")
        return build_error(_UNAVAILABLE_REASONS, str(reason)) or unknown
    tombstone = result.get("tombstone")
    return _from_tombstone(tombstone) if isinstance(tombstone, dict) else None


def _from_tombstone(tombstone: dict[str, Any]) -> DownloadFailedError:
    """Translate a tombstone, which is the notice that X shows in place of a post."""
    holder = tombstone.get("richText") or tombstone.get("text") or {}
    text = str(holder.get("text", "") if isinstance(holder, dict) else "").removesuffix("Learn more").strip(" .")
    if text.startswith("Age-restricted"):
        return AuthRequiredError(f"X says: {text}.")
    is_refused = "limits who can view" in text or "unable to view" in text
    error_class = PermissionDeniedError if is_refused else NotFoundError
    return error_class(f"X says: {text or 'this post is unavailable'}.")


@contextmanager
def pass_on_rate_limit() -> Iterator[None]:
    """Let the next engine try after a rate limit.

    X limits its API. The next engine reads X's pages for embedding, which are on a host with a limit of its own.
    """
    try:
        yield
    except RateLimitError as error:
        error.try_next = True
        raise

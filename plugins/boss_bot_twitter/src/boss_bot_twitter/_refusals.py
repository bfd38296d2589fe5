"""How X says no, as typed errors with X's own words.

A refusal of X is a friendly answer with status 200 as often as a status; gallery-dl keeps little of either.
"""

import json
from typing import Any, Final

from boss_bot_core.plugin import (
    AuthRequiredError,
    DownloadFailedError,
    NetworkError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from boss_bot_gallerydl.engine import Evidence

_CODES: Final[dict[int, tuple[type[DownloadFailedError], str]]] = {
    32: (AuthRequiredError, "X does not accept the operator's cookies any more."),
    34: (NotFoundError, "X does not have this page."),
    63: (PermissionDeniedError, "X has suspended the account."),
    88: (RateLimitError, "X asks us to slow down."),
    131: (NetworkError, "X has trouble right now."),
    144: (NotFoundError, "X does not have this post (any more)."),
    179: (AuthRequiredError, "Only the author's followers may see this post."),
    239: (NetworkError, "X did not accept its own guest pass."),
    326: (AuthRequiredError, "X has locked the account behind the operator's cookies."),
}
"""X's error codes."""

_REASONS: Final[dict[str, tuple[type[DownloadFailedError], str]]] = {
    "NsfwLoggedOut": (AuthRequiredError, "X shows this adult post only after a login."),
    "NsfwViewerHasNoStatedAge": (AuthRequiredError, "X shows this adult post only to accounts with a stated age."),
    "NsfwViewerIsUnderage": (PermissionDeniedError, "X shows this adult post to adults only."),
    "Protected": (AuthRequiredError, "Only the author's followers may see this post."),
    "Suspended": (PermissionDeniedError, "X has suspended the account."),
    "BounceDeleted": (NotFoundError, "X took the post down: it broke X's rules."),
    "AuthorBlockedViewer": (PermissionDeniedError, "The author does not let us see this post."),
}
"""X's reasons for `TweetUnavailable`."""


def explain(evidence: Evidence) -> DownloadFailedError | None:
    """Return the error for X's last answer, or None when it holds no refusal of X's own."""
    try:
        said = json.loads(evidence.answer.body) if evidence.answer else None
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    return _coded(said) or _unavailable(said)


def _coded(said: dict[str, Any]) -> DownloadFailedError | None:
    errors = said.get("errors")
    for error in errors if isinstance(errors, list) else ():
        code = error.get("code") if isinstance(error, dict) else None
        if isinstance(code, int) and code in _CODES:
            kind, sentence = _CODES[code]
            return kind(sentence)
    return None


def _unavailable(said: dict[str, Any]) -> DownloadFailedError | None:
    data = said.get("data")
    if not isinstance(data, dict) or not isinstance(holder := data.get("tweetResult"), dict):
        return None
    result = holder.get("result")
    if not isinstance(result, dict):
        return NotFoundError("X does not have this post (any more).")
    if reason := result.get("reason"):
        kind, sentence = _REASONS.get(str(reason), (NotFoundError, f"X does not show this post ({reason})."))
        return kind(sentence)
    tombstone = result.get("tombstone")
    return _tombstone(tombstone) if isinstance(tombstone, dict) else None


def _tombstone(tombstone: dict[str, Any]) -> DownloadFailedError:
    holder = tombstone.get("richText") or tombstone.get("text") or {}
    text = str(holder.get("text", "") if isinstance(holder, dict) else "").removesuffix("Learn more").strip(" .")
    if text.startswith("Age-restricted"):
        return AuthRequiredError(f"X says: {text}.")
    kind = PermissionDeniedError if "limits who can view" in text or "unable to view" in text else NotFoundError
    return kind(f"X says: {text or 'this post is unavailable'}.")

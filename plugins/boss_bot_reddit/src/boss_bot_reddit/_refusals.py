"""How Reddit says no, as typed errors."""

import json
from typing import Final

from boss_bot_core.plugin import AuthRequiredError, DownloadFailedError, NotFoundError, PermissionDeniedError
from boss_bot_gallerydl.engine import Evidence

_REASONS: Final[dict[str, tuple[type[DownloadFailedError], str]]] = {
    "private": (PermissionDeniedError, "The community is private."),
    "quarantined": (PermissionDeniedError, "Reddit has put the community under quarantine."),
    "gold_only": (PermissionDeniedError, "The community is open to paying members only."),
    "gated": (PermissionDeniedError, "Reddit wants a confirmation before it shows this community."),
    "banned": (NotFoundError, "Reddit has banned the community."),
}
"""What Reddit gives as `reason` beside a status of 403 or 404."""


def explain(failure: Exception, evidence: Evidence) -> DownloadFailedError | None:
    """Return the error for Reddit's last answer, or None when it holds no refusal of Reddit's own.

    Args:
        failure: What gallery-dl raised over it.
        evidence: What was seen on the wire.
    """
    if isinstance(failure, IndexError) and evidence.status == 200:
        # A listing without the post: gallery-dl takes its first entry unseen.
        return NotFoundError("Reddit does not have this post (any more).")
    if evidence.status not in (403, 404) or evidence.answer is None:
        return None
    try:
        said = json.loads(evidence.answer.body)
    except ValueError:
        return _page(evidence.answer.body)
    kind, sentence = _REASONS.get(str(said.get("reason")) if isinstance(said, dict) else "", (None, ""))
    return kind(sentence) if kind else None


def _page(text: str) -> DownloadFailedError | None:
    # Not about the post: Reddit turns away whole networks, and lets accounts through.
    if "network security" in text or "Blocked" in text:
        return AuthRequiredError("Reddit does not talk to this network without a login.")
    return None


def removed(category: str) -> DownloadFailedError:
    """Return the error for a post whose `removed_by_category` is set."""
    by = {"moderator": "a moderator", "deleted": "its author", "author": "its author"}.get(category, "Reddit")
    return NotFoundError(f"The post was taken down by {by}.")

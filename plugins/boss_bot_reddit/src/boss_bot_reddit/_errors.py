"""Translates Reddit's refusals into typed errors."""

import json
from typing import Final

from boss_bot_core.plugin import AuthRequiredError, DownloadFailedError, NotFoundError, PermissionDeniedError
from boss_bot_gallerydl.engine import ErrorTable, TrafficRecord, build_error

_REASONS: Final[ErrorTable[str]] = {
    "private": (PermissionDeniedError, "The community is private."),
    "quarantined": (PermissionDeniedError, "Reddit has put the community under quarantine."),
    "gold_only": (PermissionDeniedError, "The community is open to paying members only."),
    "gated": (PermissionDeniedError, "Reddit wants a confirmation before it shows this community."),
    "banned": (NotFoundError, "Reddit has banned the community."),
}
"""Errors by the `reason` that Reddit sends with the status 403 or 404."""


def find_reddit_error(failure: Exception, traffic: TrafficRecord) -> DownloadFailedError | None:
    """Return the error for Reddit's last response, or None if the response is no refusal of Reddit's own.

    Args:
        failure: Exception that gallery-dl raised because of the response.
        traffic: What the engine's requests showed.
    """
    if isinstance(failure, IndexError) and traffic.status == 200:
        # The listing does not contain the post, and gallery-dl reads its first entry without a check.
        return NotFoundError("Reddit does not have this post (any more).")
    if traffic.status not in (403, 404) or traffic.response is None:
        return None
    try:
        body = json.loads(traffic.response.body)
    except ValueError:
        return _from_block_page(traffic.response.body)
    return build_error(_REASONS, str(body.get("reason"))) if isinstance(body, dict) else None


def _from_block_page(text: str) -> DownloadFailedError | None:
    # The page is not about the post: Reddit blocks whole networks, but not logged-in accounts.
    if "network security" in text or "Blocked" in text:
        return AuthRequiredError("Reddit does not talk to this network without a login.")
    return None


def build_removal_error(category: str) -> DownloadFailedError:
    """Return the error for a post with this `removed_by_category`."""
    remover = {"moderator": "a moderator", "deleted": "its author", "author": "its author"}.get(category, "Reddit")
    return NotFoundError(f"The post was taken down by {remover}.")

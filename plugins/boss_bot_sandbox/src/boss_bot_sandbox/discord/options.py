"""The options of a local Discord: limits, deadlines, and the settings of the developer portal.

The defaults are Discord's values, except for the rate limits, which are high so that tests are fast.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from enum import Enum

import attrs

MIB = 1024 * 1024


class PrivilegedIntent(Enum):
    """The privileged intents that the "Bot" page of the developer portal switches on."""

    PRESENCES = "presences"
    MEMBERS = "members"
    MESSAGE_CONTENT = "message_content"


class TooLargeVariant(Enum):
    """The sender of the error for a too large upload: Discord with JSON, or the proxy in front of it with a page."""

    JSON = "json"
    CLOUDFLARE = "cloudflare"


@attrs.frozen
class RateLimit:
    """The rate limit of one bucket.

    Attributes:
        requests: The number of requests per window.
        window_s: The length of the window in seconds.
    """

    requests: int
    window_s: float


def _generate_token() -> str:
    # Three parts, because clients and secret scanners expect a bot token to have them.
    return ".".join(secrets.token_urlsafe(size) for size in (18, 5, 28))


@attrs.frozen(kw_only=True)
class Options:
    """The options of one local Discord.

    Attributes:
        token: The only valid bot token; generated unless given.
        team: Usernames of the team that owns the application, and the role of each: ``admin``, ``developer`` or
            ``read_only``. Olivia is the founder. When it is empty, Olivia owns the application alone.
        portal_intents: The privileged intents that are switched on; a client that requests another is closed with 4014.
        heartbeat_interval_s: The heartbeat interval in the gateway's "hello".
        answer_deadline_s: How long an interaction waits for its first answer.
        interaction_life_s: How long the token of an interaction is valid.
        nonce_window_s: How long an enforced nonce is remembered.
        default_upload_bytes: The limit per file in direct messages and below boost tier 2.
        tier_upload_bytes: The limit per file of the higher boost tiers.
        request_bytes: The limit of one whole request; the proxy enforces it, so the error is a page.
        too_large: The sender of the error for a file over the limit of its channel.
        rate_limits: The rate limits by route pattern, such as ``"PATCH /channels/*/messages/*"``; the first match wins.
        default_rate_limit: The rate limit of all other routes.
    """

    token: str = attrs.field(factory=_generate_token, repr=False)
    team: Mapping[str, str] = attrs.Factory(dict)
    portal_intents: frozenset[PrivilegedIntent] = frozenset(PrivilegedIntent)
    heartbeat_interval_s: float = 41.25
    answer_deadline_s: float = 3.0
    interaction_life_s: float = 15 * 60.0
    nonce_window_s: float = 5 * 60.0
    default_upload_bytes: int = 20 * MIB
    tier_upload_bytes: Mapping[int, int] = attrs.Factory(lambda: {2: 50 * MIB, 3: 100 * MIB})
    request_bytes: int = 500 * MIB
    too_large: TooLargeVariant = TooLargeVariant.JSON
    rate_limits: Mapping[str, RateLimit] = attrs.Factory(dict)
    default_rate_limit: RateLimit = RateLimit(1000, 1.0)

    def upload_limit_bytes(self, boost_tier: int) -> int:
        """Return the maximum size of a file in a guild of that boost tier; tier 0 also applies to direct messages."""
        return max(self.default_upload_bytes, self.tier_upload_bytes.get(boost_tier, 0))

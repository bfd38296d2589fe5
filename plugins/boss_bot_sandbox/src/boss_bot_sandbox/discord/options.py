"""How a local Discord differs from another: limits, deadlines, what the developer portal allows.

Everything has Discord's own value as its default, except the rate limits, which are generous so that tests are fast.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from enum import Enum

import attrs

MIB = 1024 * 1024


class PrivilegedIntent(Enum):
    """The three switches of the developer portal's "Bot" page."""

    PRESENCES = "presences"
    MEMBERS = "members"
    MESSAGE_CONTENT = "message_content"


class TooLargeVariant(Enum):
    """Who answers an upload that is too large: Discord with JSON, or the proxy before it with a page."""

    JSON = "json"
    CLOUDFLARE = "cloudflare"


@attrs.frozen
class RateLimit:
    """How often one bucket may be used.

    Attributes:
        requests: How many requests one window holds.
        window_s: Seconds until the bucket is full again.
    """

    requests: int
    window_s: float


def _generate_token() -> str:
    # Three parts, because clients and secret scanners expect a bot token to look like that.
    return ".".join(secrets.token_urlsafe(size) for size in (18, 5, 28))


@attrs.frozen(kw_only=True)
class Options:
    """The settings of one local Discord.

    Attributes:
        token: The only valid bot token; made up unless given.
        team: Accounts of the team that owns the application, and each one's role: ``admin``, ``developer`` or
            ``read_only``. Olivia founded it. Empty: she owns the application alone.
        portal_intents: Privileged intents that are switched on; asking for another closes with 4014.
        heartbeat_interval_s: What "hello" asks the client for.
        answer_deadline_s: How long an interaction waits for its first answer.
        interaction_life_s: How long an interaction's token works.
        nonce_window_s: How long an enforced nonce is remembered.
        default_upload_bytes: Limit per file in direct messages and below boost tier 2.
        tier_upload_bytes: Limit per file of the higher boost tiers.
        request_bytes: Limit of one whole request; the proxy's, so its answer is a page.
        too_large: Who refuses a file over the place's limit.
        rate_limits: Per route pattern, for instance ``"PATCH /channels/*/messages/*"``; first match wins.
        default_rate_limit: For all other routes.
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
        """Return how large one file may be in a guild of that tier; tier 0 serves direct messages too."""
        return max(self.default_upload_bytes, self.tier_upload_bytes.get(boost_tier, 0))

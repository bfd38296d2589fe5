"""The rate-limit buckets and their response headers.

Every response contains the headers, because the client under test schedules its requests by them.
"""

from __future__ import annotations

import hashlib
import time

import attrs
from aiohttp import web

from boss_bot_sandbox.discord.faults import RoutePattern
from boss_bot_sandbox.discord.options import Options, RateLimit

_MAJOR = ("channel_id", "guild_id", "webhook_id", "token")


@attrs.define
class Bucket:
    """The current window of one route with one set of major parameters.

    Attributes:
        key: The id of the bucket in the headers.
        limit: The number of requests per window and its length.
        used: The number of requests in this window.
        ends_s: The end of the window in monotonic seconds.
    """

    key: str
    limit: RateLimit
    used: int = 0
    ends_s: float = 0.0

    def count_request(self) -> float:
        """Count a request; return 0, or the seconds to wait when the limit is reached."""
        now_s = time.monotonic()
        if now_s >= self.ends_s:
            self.used, self.ends_s = 0, now_s + self.limit.window_s
        if self.used >= self.limit.requests:
            return self.ends_s - now_s
        self.used += 1
        return 0.0

    def add_headers(self, response: web.StreamResponse) -> None:
        """Add the rate-limit headers to a response."""
        left_s = max(self.ends_s - time.monotonic(), 0.0)
        response.headers["X-RateLimit-Limit"] = str(self.limit.requests)
        response.headers["X-RateLimit-Remaining"] = str(self.limit.requests - self.used)
        response.headers["X-RateLimit-Reset"] = f"{time.time() + left_s:.3f}"
        response.headers["X-RateLimit-Reset-After"] = f"{left_s:.3f}"
        response.headers["X-RateLimit-Bucket"] = self.key
        # Without this header, clients take a 429 for a ban by the proxy.
        response.headers["Via"] = "1.1 google"


class RateLimits:
    """All buckets of the server."""

    def __init__(self, options: Options) -> None:
        self._rules = [(RoutePattern(text), limit) for text, limit in options.rate_limits.items()]
        self._default = options.default_rate_limit
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def bucket(self, request: web.Request, path: str) -> Bucket:
        """Return the bucket of a request, which depends on its route and its channel, guild or webhook."""
        resource = request.match_info.route.resource
        route = f"{request.method} {resource.canonical if resource else ''}"
        major = tuple(request.match_info.get(name, "") for name in _MAJOR)
        bucket = self._buckets.get((route, *major))
        if bucket is None:
            key = hashlib.md5(route.encode(), usedforsecurity=False).hexdigest()
            bucket = self._buckets[route, *major] = Bucket(key, self._limit(request.method, path))
        return bucket

    def _limit(self, method: str, path: str) -> RateLimit:
        return next((limit for pattern, limit in self._rules if pattern.matches(method, path)), self._default)


LIMITS = web.AppKey("limits", RateLimits)

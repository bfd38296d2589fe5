"""The effects of faults on REST requests, and the fault that combines an effect with its requests.

They are values, so that tests, the web page and the control API can create them alike.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.faults.route import RoutePattern
from boss_bot_sandbox.discord.options import TooLargeVariant


@attrs.frozen
class Limited:
    """A response with status 429.

    Attributes:
        retry_after_s: The waiting time in the response.
        everywhere: Whether the response reports the global rate limit instead of that of the route.
    """

    retry_after_s: float
    everywhere: bool = False


@attrs.frozen
class Status:
    """An error page of the proxy in front of Discord.

    Attributes:
        status: The status, 500 to 599.
    """

    status: int = attrs.field(validator=[attrs.validators.ge(500), attrs.validators.lt(600)])


@attrs.frozen
class Reset:
    """A reset connection; the client reads "connection reset by peer"."""


@attrs.frozen
class Delay:
    """A delayed response."""

    delay_s: float


@attrs.frozen
class Refused:
    """A response with status 413, regardless of the size."""

    variant: TooLargeVariant = TooLargeVariant.JSON


Effect = Limited | Status | Reset | Delay | Refused


def _pattern(value: RoutePattern | str) -> RoutePattern:
    return value if isinstance(value, RoutePattern) else RoutePattern(value)


@attrs.frozen(kw_only=True)
class Fault:
    """An effect and the requests that it applies to.

    Attributes:
        effect: The effect.
        route: The requests that it can apply to.
        count: The number of requests that it applies to; None for all until it is cleared.
        applied: Whether the request takes effect before its response is replaced, lost or delayed.
        skip: The number of matching requests that are served normally first.
    """

    effect: Effect
    route: RoutePattern = attrs.field(factory=lambda: RoutePattern("**"), converter=_pattern)
    count: int | None = 1
    applied: bool = False
    skip: int = 0

"""The kinds of fault a REST request may meet.

Each is a value, so that the page and the control API can name them as easily as a test can.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.faults.route import RoutePattern
from boss_bot_sandbox.discord.options import TooLargeVariant


@attrs.frozen
class Limited:
    """A 429.

    Attributes:
        retry_after_s: What the answer asks to wait.
        everywhere: Whether it claims the global limit instead of the route's.
    """

    retry_after_s: float
    everywhere: bool = False


@attrs.frozen
class Status:
    """An error page of the proxy before Discord.

    Attributes:
        status: 500 to 599.
    """

    status: int = attrs.field(validator=[attrs.validators.ge(500), attrs.validators.lt(600)])


@attrs.frozen
class Reset:
    """The connection is cut; the client reads "connection reset by peer"."""


@attrs.frozen
class Delay:
    """The answer comes late, but it comes."""

    delay_s: float


@attrs.frozen
class Refused:
    """A 413, whatever the size."""

    variant: TooLargeVariant = TooLargeVariant.JSON


Effect = Limited | Status | Reset | Delay | Refused


def _pattern(value: RoutePattern | str) -> RoutePattern:
    return value if isinstance(value, RoutePattern) else RoutePattern(value)


@attrs.frozen(kw_only=True)
class Fault:
    """An effect and the requests it hits.

    Attributes:
        effect: What happens.
        route: Which requests it may hit.
        count: How many it hits; None for all until it is cleared.
        applied: Whether the request takes effect before its answer is lost or late.
        skip: How many matching requests pass unharmed first.
    """

    effect: Effect
    route: RoutePattern = attrs.field(factory=lambda: RoutePattern("**"), converter=_pattern)
    count: int | None = 1
    applied: bool = False
    skip: int = 0

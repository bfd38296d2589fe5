"""Patterns for REST requests, such as ``POST /channels/*/messages``.

Faults and rate limits name routes with them, without knowing anybody's ids.
"""

from __future__ import annotations

import re

import attrs


def _compiled(pattern: str) -> re.Pattern[str]:
    method, _, path = pattern.strip().rpartition(" ")
    # "**" takes the rest of a path, "*" and "{name}" one step of it.
    tokens = re.split(r"(\*\*|\*|\{\w+\})", path)
    steps = [
        ".*" if one == "**" else "[^/]+" if one == "*" or one.startswith("{") else re.escape(one) for one in tokens
    ]
    return re.compile(f"{re.escape(method.strip()) if method.strip() not in ('', '*') else '[A-Z]+'} {''.join(steps)}")


@attrs.frozen
class RoutePattern:
    """A method and a path; ``*`` or ``{anything}`` is one step of the path, ``**`` all the rest.

    A missing method, or ``*``, is any. ``**`` alone is every request.

    Attributes:
        text: The pattern as written.
    """

    text: str
    _compiled: re.Pattern[str] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(lambda self: _compiled(self.text), takes_self=True)
    )

    def matches(self, method: str, path: str) -> bool:
        """Return whether a request is meant.

        Args:
            method: In capitals.
            path: Without the API's prefix.
        """
        return self._compiled.fullmatch(f"{method} {path}") is not None

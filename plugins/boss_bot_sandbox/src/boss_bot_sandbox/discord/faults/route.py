"""Route patterns of REST requests, such as ``POST /channels/*/messages``.

Faults and rate limits select requests with them, independent of ids.
"""

from __future__ import annotations

import re

import attrs


def _compiled(pattern: str) -> re.Pattern[str]:
    method, _, path = pattern.strip().rpartition(" ")
    # "**" matches the rest of a path, "*" and "{name}" match one segment of it.
    tokens = re.split(r"(\*\*|\*|\{\w+\})", path)
    steps = [
        ".*" if one == "**" else "[^/]+" if one == "*" or one.startswith("{") else re.escape(one) for one in tokens
    ]
    return re.compile(f"{re.escape(method.strip()) if method.strip() not in ('', '*') else '[A-Z]+'} {''.join(steps)}")


@attrs.frozen
class RoutePattern:
    """A method and a path; ``*`` or ``{anything}`` is one segment of the path, ``**`` is the rest.

    Without a method, or with ``*``, every method matches. ``**`` alone matches every request.

    Attributes:
        text: The pattern as written.
    """

    text: str
    _compiled: re.Pattern[str] = attrs.field(
        init=False, repr=False, eq=False, default=attrs.Factory(lambda self: _compiled(self.text), takes_self=True)
    )

    def matches(self, method: str, path: str) -> bool:
        """Return whether a request matches.

        Args:
            method: The method in capital letters.
            path: The path without the prefix of the API.
        """
        return self._compiled.fullmatch(f"{method} {path}") is not None

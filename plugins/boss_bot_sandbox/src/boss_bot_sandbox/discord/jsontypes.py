"""The shape of JSON as Discord sends and receives it.

It exists apart so that the one place where values are untyped has a name; everything past the wire modules is attrs.
"""

from __future__ import annotations

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]

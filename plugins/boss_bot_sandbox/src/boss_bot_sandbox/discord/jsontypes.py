"""The type of JSON objects as Discord sends and receives them.

It marks the values without static types; the wire modules convert them from and to attrs classes.
"""

from __future__ import annotations

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]

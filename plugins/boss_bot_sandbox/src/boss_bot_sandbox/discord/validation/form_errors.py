"""Faults of a form, nested by field as Discord reports them.

All faults of a body are reported at once, so they are collected first and raised together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject


class FormErrors:
    """Collects faults under paths such as ``("embeds", 0, "title")``."""

    def __init__(self) -> None:
        self._errors: JsonObject = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Note a fault."""
        level = self._errors
        for step in path:
            level = level.setdefault(str(step), {})
        level.setdefault("_errors", []).append({"code": code, "message": message})

    def check_length(self, path: tuple[str | int, ...], text: object, longest: int, *, shortest: int = 0) -> int:
        """Note a fault unless the text, if there is one, has an allowed length; return its length."""
        if text is None and not shortest:
            return 0
        if text is None:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
            return 0
        if not isinstance(text, str):
            self.add(path, "BASE_TYPE_STRING", "Could not interpret the value as string.")
            return 0
        if len(text) > longest:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length.")
        elif len(text) < shortest:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        return len(text)

    def check_count(self, path: tuple[str | int, ...], number: int, most: int, *, least: int = 0) -> None:
        """Note a fault unless a list has an allowed number of elements."""
        if not least <= number <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def read_objects(self, path: tuple[str | int, ...], value: object) -> list[JsonObject]:
        """Return a list of objects as it came, or note a fault and return an empty one."""
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(element, dict) for element in value):
            return value
        self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return []

    def raise_if_any(self) -> None:
        """Refuse the form if a fault was noted.

        Raises:
            ApiError: "Invalid Form Body" with all faults.
        """
        if self._errors:
            raise ApiError(ApiErrorKind.INVALID_FORM, self._errors)

"""The errors of a form, nested by field as Discord reports them.

They are collected first and raised together, because Discord reports all errors of a body at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject


class FormErrors:
    """Collects errors by path, such as ``("embeds", 0, "title")``."""

    def __init__(self) -> None:
        self._errors: JsonObject = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Add an error."""
        level = self._errors
        for step in path:
            level = level.setdefault(str(step), {})
        level.setdefault("_errors", []).append({"code": code, "message": message})

    def check_length(self, path: tuple[str | int, ...], text: object, longest: int, *, shortest: int = 0) -> int:
        """Add an error if the text has a wrong type or length, or is missing but required; return its length."""
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
        """Add an error if the number of elements is not allowed."""
        if not least <= number <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")

    def read_objects(self, path: tuple[str | int, ...], value: object) -> list[JsonObject]:
        """Return a list of objects unchanged; add an error and return an empty list for any other value."""
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(element, dict) for element in value):
            return value
        self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return []

    def raise_if_any(self) -> None:
        """Refuse the form if there is an error.

        Raises:
            ApiError: "Invalid Form Body" with all errors.
        """
        if self._errors:
            raise ApiError(ApiErrorKind.INVALID_FORM, self._errors)

"""Choices that slash commands suggest while a user types."""

from collections.abc import Iterable

from discord import app_commands

Choices = list[app_commands.Choice[str]]

MAX_CHOICES = 25
"""As many choices as Discord accepts."""


def matching_choices(values: Iterable[str | tuple[str, str]], typed: str) -> Choices:
    """Return the choices whose shown name contains `typed`, in the given order.

    Args:
        values: Values that are shown as they are, or pairs of a shown name and its value.
        typed: What the user has typed so far.
    """
    pairs = [(value, value) if isinstance(value, str) else value for value in values]
    matching = [(name, value) for name, value in pairs if typed.lower() in name.lower()]
    return [app_commands.Choice(name=name, value=value) for name, value in matching[:MAX_CHOICES]]

"""Validates autocomplete choices and forms, the two answers to interactions that are not messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.validation.components import SELECTS, TEXT_INPUT, walk_components
from boss_bot_sandbox.discord.validation.form_errors import FormErrors

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject

_MAX_CHOICES = 25


def read_choices(body: JsonObject) -> tuple[JsonObject, ...]:
    """Return the autocomplete choices of a body.

    Raises:
        ApiError: There are more than 25, or a name or value has a wrong length.
    """
    form = FormErrors()
    choices = form.read_objects(("data", "choices"), body.get("choices"))
    form.check_count(("data", "choices"), len(choices), _MAX_CHOICES)
    for number, choice in enumerate(choices):
        form.check_length(("data", "choices", number, "name"), choice.get("name"), 100, shortest=1)
        if isinstance(choice.get("value"), str):
            form.check_length(("data", "choices", number, "value"), choice["value"], 100)
    form.raise_if_any()
    return tuple(choices)


def read_modal(body: JsonObject) -> JsonObject:
    """Return a form unchanged.

    Raises:
        ApiError: The title, the custom id, a label or the number of fields is not allowed.
    """
    form = FormErrors()
    form.check_length(("data", "title"), body.get("title"), 45, shortest=1)
    form.check_length(("data", "custom_id"), body.get("custom_id"), 100, shortest=1)
    components = form.read_objects(("data", "components"), body.get("components"))
    form.check_count(("data", "components"), len(components), 5, least=1)
    for path, component in walk_components(components, ("data", "components")):
        form.check_length((*path, "label"), component.get("label"), 45)
        if component.get("type") in SELECTS | {TEXT_INPUT}:
            form.check_length((*path, "custom_id"), component.get("custom_id"), 100, shortest=1)
    form.raise_if_any()
    return body

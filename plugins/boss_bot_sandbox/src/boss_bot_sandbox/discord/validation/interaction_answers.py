"""What Discord refuses about autocomplete choices and forms.

They are the two answers to interactions that are not messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.validation.components import SELECTS, TEXT_INPUT, walk
from boss_bot_sandbox.discord.validation.form_errors import FormErrors

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject

_MOST_CHOICES = 25


def read_choices(body: JsonObject) -> tuple[JsonObject, ...]:
    """Return the choices autocomplete offers.

    Raises:
        ApiError: More than 25, or a name or value of a wrong length.
    """
    form = FormErrors()
    choices = form.objects(("data", "choices"), body.get("choices"))
    form.count(("data", "choices"), len(choices), _MOST_CHOICES)
    for number, choice in enumerate(choices):
        form.length(("data", "choices", number, "name"), choice.get("name"), 100, shortest=1)
        if isinstance(choice.get("value"), str):
            form.length(("data", "choices", number, "value"), choice["value"], 100)
    form.raise_if_any()
    return tuple(choices)


def read_modal(body: JsonObject) -> JsonObject:
    """Return a form as it came.

    Raises:
        ApiError: Title, custom id, labels or number of fields are not allowed.
    """
    form = FormErrors()
    form.length(("data", "title"), body.get("title"), 45, shortest=1)
    form.length(("data", "custom_id"), body.get("custom_id"), 100, shortest=1)
    components = form.objects(("data", "components"), body.get("components"))
    form.count(("data", "components"), len(components), 5, least=1)
    for path, component in walk(components, ("data", "components")):
        form.length((*path, "label"), component.get("label"), 45)
        if component.get("type") in SELECTS | {TEXT_INPUT}:
            form.length((*path, "custom_id"), component.get("custom_id"), 100, shortest=1)
    form.raise_if_any()
    return body

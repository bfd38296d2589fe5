"""Fills in and submits the forms that the bot opens.

The submitted data has the structure of the form, so it is built by walking through the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.interaction import Interaction, InteractionKind
from boss_bot_sandbox.discord.state.interactions import open_interaction
from boss_bot_sandbox.discord.user_client.errors import NotOfferedError
from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState

FieldValue = str | bool | list[str]

_ROW, _TEXT_INPUT, _LABEL = 1, 4, 18
_MANY = frozenset({3, 5, 6, 7, 8, 19, 22})


def fill_form(modal: JsonObject, fields: Mapping[str, FieldValue]) -> JsonObject:
    """Return the ``data`` of a submitted form.

    Args:
        modal: The form as the bot sent it.
        fields: The values by custom id; other fields keep their initial values.

    Raises:
        NotOfferedError: A field does not exist or is required and empty, or its text is too short or too long.
    """
    left = dict(fields)
    components = [_fill_component(one, left) for one in modal["components"]]
    if left:
        raise NotOfferedError(f"the form has no fields {sorted(left)}")
    return {"custom_id": modal["custom_id"], "components": components}


def submit_form(
    state: ServerState, user_id: Snowflake, opened: Interaction, fields: Mapping[str, FieldValue]
) -> InteractionObserver:
    """Submit the form that an interaction opened.

    Raises:
        NotOfferedError: No form is open, or the fields do not match it.
    """
    if opened.modal is None or opened.user_id != user_id:
        raise NotOfferedError("no form is open")
    interaction = open_interaction(
        state,
        InteractionKind.MODAL,
        user_id,
        opened.channel_id,
        fill_form(opened.modal, fields),
        message_id=opened.message_id,
    )
    return InteractionObserver(state, interaction)


def _fill_component(component: JsonObject, left: dict[str, FieldValue]) -> JsonObject:
    answer: JsonObject = {key: component[key] for key in ("type", "id") if key in component}
    if component["type"] == _ROW:
        return {**answer, "components": [_fill_component(one, left) for one in component["components"]]}
    if component["type"] == _LABEL:
        return {**answer, "component": _fill_component(component["component"], left)}
    custom_id = component.get("custom_id")
    if custom_id is None:
        return answer
    answer["custom_id"] = custom_id
    if component["type"] in _MANY:
        values = left.pop(custom_id, [])
        return {**answer, "values": values if isinstance(values, list) else [values]}
    value = left.pop(custom_id, component.get("value", ""))
    if component["type"] == _TEXT_INPUT:
        _check_text(component, str(value))
    return {**answer, "value": value}


def _check_text(field: JsonObject, text: str) -> None:
    if not text and not field.get("required", True):
        return
    if not (field.get("min_length") or 1) <= len(text) <= (field.get("max_length") or 4000):
        raise NotOfferedError(f"{field['custom_id']}: {len(text)} characters are not allowed")

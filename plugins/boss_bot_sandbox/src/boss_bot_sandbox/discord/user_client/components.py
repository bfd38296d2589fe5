"""Presses the buttons and uses the select menus of messages, which opens interactions.

A component is found by its label or by its custom id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.interaction import InteractionKind
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.state.interactions import open_interaction
from boss_bot_sandbox.discord.user_client.errors import NotOfferedError
from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver
from boss_bot_sandbox.discord.user_client.resolved_data import ResolvedData
from boss_bot_sandbox.discord.validation.components import BUTTON, SELECTS, walk_components

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.state.server_state import ServerState

_STRING_SELECT = 3


def find_button(message: Message, *, custom_id: str | None, label: str | None) -> JsonObject:
    """Return the button with that custom id or that label, which may be a part of the button's text.

    Raises:
        NotOfferedError: There is no such button, or it is disabled or a link.
    """
    buttons = [one for _, one in walk_components(list(message.components)) if one.get("type") == BUTTON]
    for button in buttons:
        if button.get("custom_id") == custom_id if custom_id is not None else (label or "") in button_text(button):
            if button.get("disabled") or "custom_id" not in button:
                raise NotOfferedError(f"{button_text(button)!r} cannot be pressed")
            return button
    raise NotOfferedError(f"no button {custom_id or label!r}; there are {[button_text(one) for one in buttons]}")


def find_menu(message: Message, values: tuple[str, ...], custom_id: str | None) -> JsonObject:
    """Return the select menu with that custom id, or the only one.

    Raises:
        NotOfferedError: There is no such menu, or it does not offer the values.
    """
    menus = [one for _, one in walk_components(list(message.components)) if one.get("type") in SELECTS]
    found = [one for one in menus if custom_id in (None, one.get("custom_id")) and not one.get("disabled")]
    if len(found) != 1:
        raise NotOfferedError(f"{len(found)} menus would fit; there are {[one.get('custom_id') for one in menus]}")
    menu = found[0]
    if not menu.get("min_values", 1) <= len(values) <= menu.get("max_values", 1):
        raise NotOfferedError(f"{len(values)} choices are not allowed")
    offered = [option["value"] for option in menu.get("options", ())]
    if menu["type"] == _STRING_SELECT and not set(values) <= set(offered):
        raise NotOfferedError(f"{values} are not all offered; there are {offered}")
    return menu


def button_text(button: JsonObject) -> str:
    """Return the text of a button: its emoji and its label."""
    emoji = (button.get("emoji") or {}).get("name") or ""
    return f"{emoji} {button.get('label') or ''}".strip()


def press_button(
    state: ServerState, user_id: Snowflake, message: Message, *, label: str | None, custom_id: str | None
) -> InteractionObserver:
    """Press a button of the current state of a message."""
    message = _find_visible_message(state, user_id, message)
    button = find_button(message, custom_id=custom_id, label=label)
    return _open_component_interaction(state, user_id, message, button, {})


def choose_values(
    state: ServerState, user_id: Snowflake, message: Message, values: tuple[str, ...], *, custom_id: str | None
) -> InteractionObserver:
    """Choose values from a select menu of the current state of a message."""
    message = _find_visible_message(state, user_id, message)
    menu = find_menu(message, values, custom_id)
    chosen: JsonObject = {"values": list(values)}
    if menu["type"] != _STRING_SELECT:
        resolved = ResolvedData(state, state.channel(message.channel_id), user_id)
        resolved.add_all_by_id(Snowflake(int(value)) for value in values)
        chosen["resolved"] = resolved.data
    return _open_component_interaction(state, user_id, message, menu, chosen)


def _open_component_interaction(
    state: ServerState, user_id: Snowflake, message: Message, part: JsonObject, extra: JsonObject
) -> InteractionObserver:
    data = {"custom_id": part["custom_id"], "component_type": part["type"], **extra}
    if "id" in part:
        data["id"] = part["id"]
    interaction = open_interaction(
        state, InteractionKind.COMPONENT, user_id, message.channel_id, data, message_id=message.id
    )
    return InteractionObserver(state, interaction)


def _find_visible_message(state: ServerState, user_id: Snowflake, message: Message) -> Message:
    current = state.message(message.channel_id, message.id)
    if current.visible_to not in (None, user_id):
        raise NotOfferedError("somebody else's ephemeral message is not shown to them")
    return current

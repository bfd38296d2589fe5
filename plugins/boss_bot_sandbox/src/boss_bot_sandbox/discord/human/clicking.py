"""Pressing, choosing and submitting: components of messages become interactions.

It exists apart from the person so that what is checked on the screen and what is sent stay side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.human.errors import NotOfferedError
from boss_bot_sandbox.discord.human.exchange import Exchange
from boss_bot_sandbox.discord.human.forms import FieldValue, fill
from boss_bot_sandbox.discord.human.resolving import Resolved
from boss_bot_sandbox.discord.human.screen import find_button, find_menu
from boss_bot_sandbox.discord.model.interaction import Interaction, InteractionKind
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.world.opening import open_interaction

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.world.state import World

_STRING_SELECT = 3


def press(world: World, user_id: Snowflake, message: Message, *, label: str | None, custom_id: str | None) -> Exchange:
    """Press a button of a message as it is now."""
    message = _on_screen(world, user_id, message)
    button = find_button(message, custom_id=custom_id, label=label)
    return _clicked(world, user_id, message, button, {})


def choose(
    world: World, user_id: Snowflake, message: Message, values: tuple[str, ...], *, custom_id: str | None
) -> Exchange:
    """Choose from a menu of a message as it is now."""
    message = _on_screen(world, user_id, message)
    menu = find_menu(message, values, custom_id)
    chosen: JsonObject = {"values": list(values)}
    if menu["type"] != _STRING_SELECT:
        resolved = Resolved(world, world.channel(message.channel_id), user_id)
        resolved.things(Snowflake(int(value)) for value in values)
        chosen["resolved"] = resolved.data
    return _clicked(world, user_id, message, menu, chosen)


def submit(world: World, user_id: Snowflake, opened: Interaction, fields: Mapping[str, FieldValue]) -> Exchange:
    """Send the form that an interaction opened."""
    if opened.modal is None or opened.user_id != user_id:
        raise NotOfferedError("no form is open")
    interaction = open_interaction(
        world,
        InteractionKind.MODAL,
        user_id,
        opened.channel_id,
        fill(opened.modal, fields),
        message_id=opened.message_id,
    )
    return Exchange(world, interaction)


def _clicked(world: World, user_id: Snowflake, message: Message, part: JsonObject, extra: JsonObject) -> Exchange:
    data = {"custom_id": part["custom_id"], "component_type": part["type"], **extra}
    if "id" in part:
        data["id"] = part["id"]
    interaction = open_interaction(
        world, InteractionKind.COMPONENT, user_id, message.channel_id, data, message_id=message.id
    )
    return Exchange(world, interaction)


def _on_screen(world: World, user_id: Snowflake, message: Message) -> Message:
    current = world.message(message.channel_id, message.id)
    if current.visible_to not in (None, user_id):
        raise NotOfferedError("somebody else's ephemeral message is not shown to them")
    return current

"""The user actions of the control API.

Each function is one action with the same name; its arguments are named as in the Python API.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.control.arguments import ControlArguments
from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.wire.commands import command_json
from boss_bot_sandbox.discord.wire.events import observer_interaction_json, observer_message_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver

Action = Callable[[ControlArguments], Awaitable[JsonObject]]


async def say(arguments: ControlArguments) -> JsonObject:
    """Send a message: ``channel``, ``content``, ``reply_to``, files."""
    reply_to = arguments.message("reply_to") if arguments.body.get("reply_to") else None
    content = str(arguments.body.get("content") or "")
    message = await arguments.user().say(arguments.channel(), content, reply_to=reply_to, files=arguments.uploads)
    return {"message": observer_message_json(arguments.state, message)}


async def forward(arguments: ControlArguments) -> JsonObject:
    """Forward a message: ``message``, ``channel``."""
    message = await arguments.user().forward(arguments.message(), arguments.channel())
    return {"message": observer_message_json(arguments.state, message)}


async def edit(arguments: ControlArguments) -> JsonObject:
    """Edit a message: ``message``, ``content``."""
    message = await arguments.user().edit(arguments.message(), arguments.required_text("content"))
    return {"message": observer_message_json(arguments.state, message)}


async def delete(arguments: ControlArguments) -> JsonObject:
    """Delete a message: ``message``."""
    await arguments.user().delete(arguments.message())
    return {}


async def react(arguments: ControlArguments) -> JsonObject:
    """Add a reaction: ``message``, ``emoji``."""
    await arguments.user().react(arguments.message(), arguments.required_text("emoji"))
    return {}


async def unreact(arguments: ControlArguments) -> JsonObject:
    """Remove the user's reaction: ``message``, ``emoji``."""
    await arguments.user().unreact(arguments.message(), arguments.required_text("emoji"))
    return {}


async def type_in(arguments: ControlArguments) -> JsonObject:
    """Start typing: ``channel``."""
    await arguments.user().type_in(arguments.channel())
    return {}


async def press(arguments: ControlArguments) -> JsonObject:
    """Press a button: ``message``, ``label`` or ``custom_id``."""
    label, custom_id = arguments.body.get("label"), arguments.body.get("custom_id")
    return _opened(await arguments.user().press(arguments.message(), label, custom_id=custom_id))


async def choose(arguments: ControlArguments) -> JsonObject:
    """Choose from a menu: ``message``, ``values``, ``custom_id``."""
    body = arguments.body
    values = [str(one) for one in body.get("values", ())]
    return _opened(await arguments.user().choose(arguments.message(), *values, custom_id=body.get("custom_id")))


async def submit(arguments: ControlArguments) -> JsonObject:
    """Submit a form: ``interaction``, ``fields``."""
    return _opened(await arguments.user().submit(arguments.interaction(), arguments.body.get("fields") or {}))


async def slash(arguments: ControlArguments) -> JsonObject:
    """Run a slash command: ``channel``, ``name``, ``options``."""
    commands, name = arguments.user().commands, arguments.required_text("name")
    return _opened(await commands.slash(arguments.channel(), name, arguments.body.get("options")))


async def complete(arguments: ControlArguments) -> JsonObject:
    """Request autocomplete choices: ``channel``, ``name``, ``option``, ``typed``, ``others``."""
    body, commands = arguments.body, arguments.user().commands
    name, option = arguments.required_text("name"), arguments.required_text("option")
    typed, others = str(body.get("typed") or ""), body.get("others")
    return {"choices": await commands.complete(arguments.channel(), name, option, typed, others)}


async def message_menu(arguments: ControlArguments) -> JsonObject:
    """Run a command of the context menu of a message: ``message``, ``name``."""
    return _opened(await arguments.user().menus.message(arguments.required_text("name"), arguments.message()))


async def commands(arguments: ControlArguments) -> JsonObject:
    """List the commands that the user is offered: ``channel``."""
    offered = arguments.user().commands.list_commands(arguments.channel())
    return {"commands": [command_json(arguments.state, one) for one in offered]}


def _opened(observer: InteractionObserver) -> JsonObject:
    return {"interaction": observer_interaction_json(observer.interaction)}


ACTIONS: dict[str, Action] = {
    action.__name__: action
    for action in (
        say, forward, edit, delete, react, unreact, type_in, press, choose, submit, slash, complete, message_menu,
        commands,
    )
}  # fmt: skip

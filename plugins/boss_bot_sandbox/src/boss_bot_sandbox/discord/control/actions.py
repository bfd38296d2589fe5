"""What people can be told to do.

One function per action; its arguments are named as in the Python API.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.control.arguments import Arguments
from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.wire.commands import command_json
from boss_bot_sandbox.discord.wire.events import seen_interaction_json, seen_message_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.user_client.interaction_observer import Exchange

Action = Callable[[Arguments], Awaitable[JsonObject]]


async def say(arguments: Arguments) -> JsonObject:
    """Send a message: ``channel``, ``content``, ``reply_to``, files."""
    reply_to = arguments.message("reply_to") if arguments.body.get("reply_to") else None
    content = str(arguments.body.get("content") or "")
    message = await arguments.user().say(arguments.channel(), content, reply_to=reply_to, files=arguments.uploads)
    return {"message": seen_message_json(arguments.world, message)}


async def edit(arguments: Arguments) -> JsonObject:
    """Change a message: ``message``, ``content``."""
    message = await arguments.user().edit(arguments.message(), arguments.text("content"))
    return {"message": seen_message_json(arguments.world, message)}


async def delete(arguments: Arguments) -> JsonObject:
    """Delete a message: ``message``."""
    await arguments.user().delete(arguments.message())
    return {}


async def react(arguments: Arguments) -> JsonObject:
    """React: ``message``, ``emoji``."""
    await arguments.user().react(arguments.message(), arguments.text("emoji"))
    return {}


async def unreact(arguments: Arguments) -> JsonObject:
    """Take a reaction back: ``message``, ``emoji``."""
    await arguments.user().unreact(arguments.message(), arguments.text("emoji"))
    return {}


async def type_in(arguments: Arguments) -> JsonObject:
    """Begin to type: ``channel``."""
    await arguments.user().type_in(arguments.channel())
    return {}


async def press(arguments: Arguments) -> JsonObject:
    """Press a button: ``message``, ``label`` or ``custom_id``."""
    body = arguments.body
    return _begun(await arguments.user().press(arguments.message(), body.get("label"), custom_id=body.get("custom_id")))


async def choose(arguments: Arguments) -> JsonObject:
    """Choose from a menu: ``message``, ``values``, ``custom_id``."""
    body = arguments.body
    values = [str(one) for one in body.get("values", ())]
    return _begun(await arguments.user().choose(arguments.message(), *values, custom_id=body.get("custom_id")))


async def submit(arguments: Arguments) -> JsonObject:
    """Send a form: ``interaction``, ``fields``."""
    return _begun(await arguments.user().submit(arguments.exchange(), arguments.body.get("fields") or {}))


async def slash(arguments: Arguments) -> JsonObject:
    """Use a slash command: ``channel``, ``name``, ``options``."""
    commands, name = arguments.user().commands, arguments.text("name")
    return _begun(await commands.slash(arguments.channel(), name, arguments.body.get("options")))


async def complete(arguments: Arguments) -> JsonObject:
    """Ask for choices: ``channel``, ``name``, ``option``, ``typed``, ``others``."""
    body, commands = arguments.body, arguments.user().commands
    name, option = arguments.text("name"), arguments.text("option")
    typed, others = str(body.get("typed") or ""), body.get("others")
    return {"choices": await commands.complete(arguments.channel(), name, option, typed, others)}


async def message_menu(arguments: Arguments) -> JsonObject:
    """Use a message's menu: ``message``, ``name``."""
    return _begun(await arguments.user().menus.message(arguments.text("name"), arguments.message()))


async def commands(arguments: Arguments) -> JsonObject:
    """List what is offered: ``channel``."""
    offered = arguments.user().commands.offered(arguments.channel())
    return {"commands": [command_json(arguments.world, one) for one in offered]}


def _begun(exchange: Exchange) -> JsonObject:
    return {"interaction": seen_interaction_json(exchange.interaction)}


ACTIONS: dict[str, Action] = {
    action.__name__: action
    for action in (
        say, edit, delete, react, unreact, type_in, press, choose, submit, slash, complete, message_menu, commands
    )
}  # fmt: skip

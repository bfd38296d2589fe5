"""The seeds of the control API: create guilds, channels, threads and users.

Each function has the name of a method of the seeder and takes its arguments as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.wire.guilds import channel_json, guild_json
from boss_bot_sandbox.discord.wire.users import user_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_bot_sandbox.discord.control.arguments import ControlArguments
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.seeder import Seeder


def guild(seed: Seeder, arguments: ControlArguments) -> JsonObject:
    """Create a guild: ``name``, ``boost_tier``, ``bot``."""
    body = arguments.body
    created = seed.guild(
        arguments.required_text("name"), boost_tier=body.get("boost_tier", 0), bot=body.get("bot", True)
    )
    return guild_json(arguments.state, created)


def channel(seed: Seeder, arguments: ControlArguments) -> JsonObject:
    """Create a channel: ``name``, ``guild``, ``age_restricted``."""
    restricted = bool(arguments.body.get("age_restricted"))
    created = seed.channel(arguments.required_text("name"), arguments.guild(), age_restricted=restricted)
    return channel_json(arguments.state, created)


def thread(seed: Seeder, arguments: ControlArguments) -> JsonObject:
    """Create a thread: ``name``, ``channel``, ``user``, ``announced``."""
    owner = arguments.optional_user()
    created = seed.thread(
        arguments.required_text("name"),
        arguments.channel(),
        owner=owner.value if owner else None,
        announced=bool(arguments.body.get("announced", True)),
    )
    return channel_json(arguments.state, created)


def person(seed: Seeder, arguments: ControlArguments) -> JsonObject:
    """Create a user: ``name``, ``guild``, ``shown``."""
    joined_guild = arguments.guild() if arguments.body.get("guild") else None
    return user_json(seed.person(arguments.required_text("name"), joined_guild, shown=arguments.body.get("shown")))


def install_for(seed: Seeder, arguments: ControlArguments) -> JsonObject:
    """Install the application for a user: ``user``."""
    user = arguments.user().value
    seed.install_for(user)
    return user_json(user)


SEEDS: dict[str, Callable[[Seeder, ControlArguments], JsonObject]] = {
    make.__name__: make for make in (guild, channel, thread, person, install_for)
}

"""What may be made from outside: guilds, channels, people.

One function per thing; its arguments are named as in the Python API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.wire.people import user_json
from boss_bot_sandbox.discord.wire.places import channel_json, guild_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_bot_sandbox.discord.control.arguments import Arguments
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.seeding import Seeder


def guild(seed: Seeder, arguments: Arguments) -> JsonObject:
    """Make a guild: ``name``, ``boost_tier``, ``bot``."""
    body = arguments.body
    made = seed.guild(arguments.text("name"), boost_tier=body.get("boost_tier", 0), bot=body.get("bot", True))
    return guild_json(arguments.world, made)


def channel(seed: Seeder, arguments: Arguments) -> JsonObject:
    """Open a channel: ``name``, ``guild``, ``age_restricted``."""
    restricted = bool(arguments.body.get("age_restricted"))
    made = seed.channel(arguments.text("name"), arguments.guild(), age_restricted=restricted)
    return channel_json(arguments.world, made)


def person(seed: Seeder, arguments: Arguments) -> JsonObject:
    """Open an account: ``name``, ``guild``, ``shown``."""
    home = arguments.guild() if arguments.body.get("guild") else None
    return user_json(seed.person(arguments.text("name"), home, shown=arguments.body.get("shown")))


def install_for(seed: Seeder, arguments: Arguments) -> JsonObject:
    """Let somebody install the application for themselves: ``user``."""
    user = arguments.user().value
    seed.install_for(user)
    return user_json(user)


SEEDS: dict[str, Callable[[Seeder, Arguments], JsonObject]] = {
    make.__name__: make for make in (guild, channel, person, install_for)
}

"""The mutations of the control API: inject faults, act as the administrator, create guilds, channels and users.

Every order has the name of a method of the Python API and takes its arguments as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from boss_bot_sandbox.discord.fault_injection import SEND, FaultInjector
from boss_bot_sandbox.discord.options import TooLargeVariant
from boss_bot_sandbox.discord.wire.guilds import channel_json, guild_json
from boss_bot_sandbox.discord.wire.users import user_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_bot_sandbox.discord.administrator import Administrator
    from boss_bot_sandbox.discord.control.arguments import ControlArguments
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.seeder import Seeder

T = TypeVar("T")


async def inject_fault(faults: FaultInjector, order: str, body: JsonObject) -> None:
    """Inject a fault: a method of ``faults`` or, with the prefix "gateway_", of ``faults.gateway``.

    Raises:
        LookupError: There is no such fault.
        TypeError: The fault does not take one of the arguments.
    """
    if order == "too_large":
        variant = TooLargeVariant(body.get("variant", "json"))
        faults.too_large(variant, body.get("route", SEND), count=body.get("count", 1))
        return
    simple: dict[str, Callable[..., None]] = {
        "rate_limit": faults.rate_limit,
        "error": faults.error,
        "reset": faults.reset,
        "slow": faults.slow,
        "outage": faults.outage,
        "expire_interactions": faults.expire_interactions,
        "clear": faults.clear,
        "gateway_drop": faults.gateway.drop,
    }
    slow = {
        "gateway_close": faults.gateway.close,
        "gateway_reconnect": faults.gateway.reconnect,
        "gateway_invalidate": faults.gateway.invalidate,
    }
    if order in slow:
        await slow[order](**body)
    else:
        find_order(simple, order)(**body)


def administer(admin: Administrator, order: str, arguments: ControlArguments) -> None:
    """Perform an action of the administrator.

    Raises:
        LookupError: There is no such action, or an argument is missing.
    """
    body = arguments.body
    orders: dict[str, Callable[[], None]] = {
        "delete_message": lambda: admin.delete_message(arguments.message()),
        "delete_channel": lambda: admin.delete_channel(arguments.channel()),
        "withdraw": lambda: admin.withdraw(arguments.channel(), arguments.permission()),
        "grant": lambda: admin.grant(arguments.channel(), arguments.permission()),
        "boost": lambda: admin.boost(arguments.guild(), int(arguments.required_text("tier"))),
        "restrict_age": lambda: admin.restrict_age(arguments.channel(), restricted=body.get("restricted", True)),
        "remove_bot": lambda: admin.remove_bot(arguments.guild()),
        "invite_bot": lambda: admin.invite_bot(arguments.guild()),
    }
    find_order(orders, order)()


def find_order(orders: dict[str, T], order: str) -> T:
    """Return an order by name.

    Raises:
        LookupError: There is no such order.
    """
    if order not in orders:
        raise LookupError(f"no order {order!r}; there are {sorted(orders)}")
    return orders[order]


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
    make.__name__: make for make in (guild, channel, person, install_for)
}

"""What may be broken and changed from outside: faults, and an administrator's hands.

Every order is a method of the Python API under the same name, with JSON arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from boss_bot_sandbox.discord.options import TooLargeVariant
from boss_bot_sandbox.discord.sabotage import SEND, Sabotage

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_bot_sandbox.discord.administration import Administration
    from boss_bot_sandbox.discord.control.arguments import Arguments
    from boss_bot_sandbox.discord.jsontypes import JsonObject

T = TypeVar("T")


async def order_fault(faults: Sabotage, order: str, body: JsonObject) -> None:
    """Break something: the methods of ``faults`` and, with "gateway_" before them, of ``faults.gateway``.

    Raises:
        LookupError: There is no such fault.
        TypeError: An argument does not fit it.
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
        known(simple, order)(**body)


def order_change(admin: Administration, order: str, arguments: Arguments) -> None:
    """Let the administrator do something.

    Raises:
        LookupError: There is no such order, or an argument is missing.
    """
    body = arguments.body
    orders: dict[str, Callable[[], None]] = {
        "delete_message": lambda: admin.delete_message(arguments.message()),
        "delete_channel": lambda: admin.delete_channel(arguments.channel()),
        "withdraw": lambda: admin.withdraw(arguments.channel(), arguments.permission()),
        "grant": lambda: admin.grant(arguments.channel(), arguments.permission()),
        "boost": lambda: admin.boost(arguments.guild(), int(arguments.text("tier"))),
        "restrict_age": lambda: admin.restrict_age(arguments.channel(), restricted=body.get("restricted", True)),
        "remove_bot": lambda: admin.remove_bot(arguments.guild()),
        "invite_bot": lambda: admin.invite_bot(arguments.guild()),
    }
    known(orders, order)()


def known(orders: dict[str, T], order: str) -> T:
    """Return an order by name.

    Raises:
        LookupError: There is no such order.
    """
    if order not in orders:
        raise LookupError(f"no order {order!r}; there are {sorted(orders)}")
    return orders[order]

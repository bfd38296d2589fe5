"""The mutations of the control API: inject faults and act as the administrator.

Every order has the name of a method of the Python API and takes its arguments as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from boss_bot_sandbox.discord.fault_injection import SEND, FaultInjector
from boss_bot_sandbox.discord.options import TooLargeVariant

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_bot_sandbox.discord.administrator import Administrator
    from boss_bot_sandbox.discord.control.arguments import ControlArguments
    from boss_bot_sandbox.discord.jsontypes import JsonObject

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
        "withdraw": lambda: admin.withdraw(arguments.channel(), arguments.permission(), user=arguments.optional_user()),
        "grant": lambda: admin.grant(arguments.channel(), arguments.permission(), user=arguments.optional_user()),
        "change_thread": lambda: admin.change_thread(
            arguments.channel(), **{name: value for name, value in body.items() if name != "channel"}
        ),
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

"""What the control API refuses, as its client raises it.

It exists apart because tests catch it without needing the client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject


class ControlError(Exception):
    """The server refused an order.

    Attributes:
        status: The HTTP status: Discord's own, 409 for what a person cannot do, 400 for wrong arguments.
        body: What the server said.
    """

    def __init__(self, status: int, body: JsonObject) -> None:
        super().__init__(f"{status}: {body.get('message')}")
        self.status = status
        self.body = body

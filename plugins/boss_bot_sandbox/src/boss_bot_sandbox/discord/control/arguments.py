"""The arguments of a control request: looks up the objects that they name and checks that they exist.

Every missing argument is reported in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver
from boss_bot_sandbox.discord.user_client.lookup import find_channel, find_guild, find_user

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.attachment import Upload
    from boss_bot_sandbox.discord.model.channels import Guild
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.state.server_state import ServerState
    from boss_bot_sandbox.discord.user_client.channel_observer import ChannelObserver
    from boss_bot_sandbox.discord.user_client.client import UserClient


TextExpansion = Callable[[str], str]
"""Returns a text with the short names in it replaced; raises ``LookupError`` for an unknown name."""


def expand_texts(value: object, expand: TextExpansion) -> object:
    """Return a JSON value with every text in it expanded; the names of its fields stay."""
    if isinstance(value, str):
        return expand(value)
    if isinstance(value, dict):
        return {name: expand_texts(one, expand) for name, one in value.items()}
    return [expand_texts(one, expand) for one in value] if isinstance(value, list) else value


class ControlArguments:
    """The arguments of one control request.

    Attributes:
        state: The state of the local Discord.
        body: The arguments as JSON.
        uploads: The files of the request.
    """

    def __init__(self, state: ServerState, body: JsonObject, uploads: tuple[Upload, ...] = ()) -> None:
        self.state = state
        self.body = body
        self.uploads = uploads

    def user(self) -> UserClient:
        """Return the user that ``user`` names, by username or id."""
        return find_user(self.state, self.required_text("user"))

    def optional_user(self) -> UserClient | None:
        """Return the user that ``user`` names; None when the argument is missing."""
        return self.user() if self.body.get("user") is not None else None

    def channel(self) -> ChannelObserver:
        """Return the channel that ``channel`` names, by name or id; ``@bot`` is the user's direct message channel."""
        if self.body.get("channel") == "@bot":
            return self.user().direct()
        return find_channel(self.state, self.required_text("channel"))

    def guild(self) -> Guild:
        """Return the guild that ``guild`` names, by name or id."""
        return find_guild(self.state, self.required_text("guild"))

    def message(self, name: str = "message") -> Message:
        """Return the message whose id is the argument ``name``.

        Raises:
            ApiError: There is none.
        """
        wanted = self.required_text(name)
        for messages in self.state.messages.values():
            for message in messages.values():
                if str(message.id) == wanted:
                    return message
        raise ApiError(ApiErrorKind.UNKNOWN_MESSAGE)

    def interaction(self) -> InteractionObserver:
        """Return the interaction whose id is the argument ``interaction``.

        Raises:
            ApiError: There is none.
        """
        wanted = self.required_text("interaction")
        for interaction in self.state.interactions.values():
            if str(interaction.id) == wanted:
                return InteractionObserver(self.state, interaction)
        raise ApiError(ApiErrorKind.UNKNOWN_INTERACTION)

    def permission(self) -> Permission:
        """Return the permission that ``permission`` names, as in Discord's documentation."""
        return Permission[self.required_text("permission").upper()]

    def required_text(self, name: str) -> str:
        """Return a required argument as text.

        Raises:
            LookupError: The argument is missing.
        """
        if self.body.get(name) is None:
            raise LookupError(f"the argument {name!r} is missing")
        return str(self.body[name])

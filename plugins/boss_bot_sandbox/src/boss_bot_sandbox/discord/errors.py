"""Errors of the Discord API with their HTTP status and JSON code, and the error of the control client.

The state and the REST API share them: the actions of users fail for the same reasons as the requests of the bot.

ApiError
└── TooLargeError    (the response may be a page of the proxy instead of JSON)
ControlError         (raised by the client of the control API)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject


class ApiErrorKind(Enum):
    """HTTP status, JSON code and message of an error, as in Discord's list of error codes."""

    BAD_REQUEST = (400, 0, "400: Bad Request")
    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    NOT_FOUND = (404, 0, "404: Not Found")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_EMOJI = (400, 10014, "Unknown Emoji")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    TOO_MANY_REACTIONS = (400, 30010, "Maximum number of reactions reached (20)")
    TOO_MANY_FILES = (400, 30015, "Maximum number of attachments in a message reached (10)")
    TOO_LARGE = (413, 40005, "Request entity too large")
    ALREADY_ANSWERED = (400, 40060, "Interaction has already been acknowledged.")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_IN_DM = (403, 50003, "Cannot execute action on a DM channel")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    CANNOT_MESSAGE_USER = (403, 50007, "Cannot send messages to this user")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
    INVALID_FORM = (400, 50035, "Invalid Form Body")
    THREAD_ARCHIVED = (400, 50083, "Thread is archived")
    INVALID_JSON = (400, 50109, "The request body contains invalid JSON.")
    REPLY_NEEDS_HISTORY = (400, 160002, "Cannot reply without permission to read message history")
    THREAD_EXISTS = (400, 160004, "A thread has already been created for this message")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[0]

    @property
    def code(self) -> int:
        """The JSON code."""
        return self.value[1]

    @property
    def message(self) -> str:
        """Discord's message."""
        return self.value[2]


class ApiError(Exception):
    """An error of the Discord API: an HTTP response for the bot, an exception for the test that drives a user.

    Attributes:
        kind: The status, code and message.
        errors: For an invalid form, the errors by field, nested as Discord does it; None otherwise.
    """

    def __init__(self, refusal: ApiErrorKind, errors: JsonObject | None = None) -> None:
        super().__init__(f"{refusal.status} {refusal.code} {refusal.message}" + (f" {errors}" if errors else ""))
        self.kind = refusal
        self.errors = errors

    def body(self) -> JsonObject:
        """Return the JSON body."""
        body: JsonObject = {"message": self.kind.message, "code": self.kind.code}
        return {**body, "errors": self.errors} if self.errors else body


class TooLargeError(ApiError):
    """A file or a whole request exceeds its size limit.

    Attributes:
        by_proxy: Whether the proxy in front of Discord sends the error, as a page instead of JSON.
    """

    def __init__(self, *, by_proxy: bool) -> None:
        super().__init__(ApiErrorKind.TOO_LARGE)
        self.by_proxy = by_proxy


class ControlError(Exception):
    """The control API refused a request.

    Attributes:
        status: The HTTP status: that of Discord's error, 409 for an impossible user action, 400 for wrong arguments.
        body: The JSON body of the response.
    """

    def __init__(self, status: int, body: JsonObject) -> None:
        super().__init__(f"{status}: {body.get('message')}")
        self.status = status
        self.body = body

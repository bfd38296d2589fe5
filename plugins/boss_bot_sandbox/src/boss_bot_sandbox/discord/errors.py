"""Discord's refusals, with their HTTP status and JSON code.

World and REST share them: a person in the sandbox is refused for the same reasons as the bot.

ApiError
└── TooLargeError    (the answer may be a proxy's page instead of JSON)
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject


class ApiErrorKind(Enum):
    """HTTP status, JSON code and message, as in Discord's list of error codes."""

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
    INVALID_JSON = (400, 50109, "The request body contains invalid JSON.")
    REPLY_NEEDS_HISTORY = (400, 160002, "Cannot reply without permission to read message history")
    THREAD_EXISTS = (400, 160004, "A thread has already been created for this message")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[0]

    @property
    def code(self) -> int:
        """Discord's own number."""
        return self.value[1]

    @property
    def message(self) -> str:
        """Discord's own words."""
        return self.value[2]


class ApiError(Exception):
    """A refusal that becomes an HTTP answer, or is raised to who drives a person.

    Attributes:
        refusal: Which of Discord's refusals it is.
        errors: For invalid forms: the faults by field, as Discord nests them.
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
    """A file or a whole request over its limit.

    Attributes:
        by_proxy: Whether the proxy before Discord refuses it, with a page instead of JSON.
    """

    def __init__(self, *, by_proxy: bool) -> None:
        super().__init__(ApiErrorKind.TOO_LARGE)
        self.by_proxy = by_proxy


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

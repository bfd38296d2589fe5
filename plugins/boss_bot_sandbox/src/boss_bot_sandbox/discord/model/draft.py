"""The content of a message to send (draft), and the changes to a message (patch).

Both are checked for their form only; the permissions of the author are checked when they are applied.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.attachment import Upload
from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class AllowedMentions:
    """The users and roles that a message may notify.

    Attributes:
        kinds: Which of "users", "roles" and "everyone" may be mentioned in the content.
        user_ids: Users that may be mentioned in addition.
        role_ids: Roles that may be mentioned in addition.
        replied_user: Whether a reply notifies the author of the message that it replies to.
    """

    kinds: frozenset[str] = frozenset({"users", "roles", "everyone"})
    user_ids: frozenset[Snowflake] = frozenset()
    role_ids: frozenset[Snowflake] = frozenset()
    replied_user: bool = True


@attrs.frozen(kw_only=True)
class Draft:
    """The content of a new message.

    Attributes:
        descriptions: Alternative texts by upload slot.
        enforce_nonce: Whether a second message with the same nonce returns the first one.
        reply_must_exist: Whether a reply to a deleted message is refused.
        forwarded: The channel and the id of the message to forward; None for other messages.
    """

    content: str = ""
    tts: bool = False
    flags: MessageFlag = MessageFlag.NONE
    embeds: tuple[JsonObject, ...] = ()
    components: tuple[JsonObject, ...] = ()
    uploads: tuple[Upload, ...] = ()
    descriptions: dict[int, str] = attrs.Factory(dict)
    mentions: AllowedMentions = attrs.Factory(AllowedMentions)
    nonce: str | None = None
    enforce_nonce: bool = False
    reply_to_id: Snowflake | None = None
    reply_must_exist: bool = True
    forwarded: tuple[Snowflake, Snowflake] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no content, embed, component or file."""
        return not (self.content or self.embeds or self.components or self.uploads)


@attrs.frozen(kw_only=True)
class Patch:
    """The changes to a message; None leaves a field unchanged.

    Attributes:
        kept_ids: The attachments to keep; None keeps all.
    """

    content: str | None = None
    flags: MessageFlag | None = None
    embeds: tuple[JsonObject, ...] | None = None
    components: tuple[JsonObject, ...] | None = None
    uploads: tuple[Upload, ...] = ()
    descriptions: dict[int, str] = attrs.Factory(dict)
    kept_ids: frozenset[Snowflake] | None = None
    mentions: AllowedMentions = attrs.Factory(AllowedMentions)

"""What somebody asks a message to be, before it is one.

A draft is checked for form only; whether its author may send it is decided when it is posted.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.attachment import Upload
from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class AllowedMentions:
    """Whom a message may notify.

    Attributes:
        kinds: Which of "users", "roles" and "everyone" are taken from the content.
        user_ids: People allowed one by one.
        role_ids: Roles allowed one by one.
        replied_user: Whether a reply notifies whom it answers.
    """

    kinds: frozenset[str] = frozenset({"users", "roles", "everyone"})
    user_ids: frozenset[Snowflake] = frozenset()
    role_ids: frozenset[Snowflake] = frozenset()
    replied_user: bool = True


@attrs.frozen(kw_only=True)
class Draft:
    """A new message.

    Attributes:
        descriptions: Alternative text by upload slot.
        enforce_nonce: Whether a second message with the same nonce is the first one again.
        reply_must_exist: Whether a reply to a deleted message is refused.
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

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.content or self.embeds or self.components or self.uploads)


@attrs.frozen(kw_only=True)
class Patch:
    """Changes of a message; None leaves a part as it is.

    Attributes:
        kept_ids: Attachments that stay; None keeps all.
    """

    content: str | None = None
    flags: MessageFlag | None = None
    embeds: tuple[JsonObject, ...] | None = None
    components: tuple[JsonObject, ...] | None = None
    uploads: tuple[Upload, ...] = ()
    descriptions: dict[int, str] = attrs.Factory(dict)
    kept_ids: frozenset[Snowflake] | None = None
    mentions: AllowedMentions = attrs.Factory(AllowedMentions)

"""Converts message bodies to drafts and patches, or reports all their errors as Discord does.

Messages, interaction answers and followups share it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.draft import AllowedMentions, Draft, Patch
from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.validation.components import check_components
from boss_bot_sandbox.discord.validation.embeds import check_embeds
from boss_bot_sandbox.discord.validation.form_errors import FormErrors

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.attachment import Upload

MAX_CONTENT_CHARACTERS = 2000
MAX_FILES = 10
_NONCE_LENGTH = 25
_FORWARD = 1


def read_draft(body: JsonObject, uploads: tuple[Upload, ...] = ()) -> Draft:
    """Convert a body to a draft.

    Raises:
        ApiError: "Invalid Form Body", or too many files.
    """
    form, flags = FormErrors(), _flags(body)
    form.check_length(("content",), body.get("content"), MAX_CONTENT_CHARACTERS)
    form.check_length(("nonce",), None if body.get("nonce") is None else str(body["nonce"]), _NONCE_LENGTH)
    reference = body.get("message_reference") or {}
    forwards = reference.get("type") == _FORWARD
    named_id = Snowflake(int(reference["message_id"])) if "message_id" in reference else None
    draft = Draft(
        content=(body.get("content") or "").strip(),
        tts=bool(body.get("tts")),
        flags=flags,
        embeds=tuple(check_embeds(form, body.get("embeds"))),
        components=tuple(
            check_components(form, body.get("components"), layout=bool(flags & MessageFlag.COMPONENTS_V2))
        ),
        uploads=uploads,
        descriptions=_descriptions(form, body),
        mentions=_mentions(body.get("allowed_mentions")),
        nonce=None if body.get("nonce") is None else str(body["nonce"]),
        enforce_nonce=bool(body.get("enforce_nonce")),
        reply_to_id=None if forwards else named_id,
        reply_must_exist=reference.get("fail_if_not_exists", True),
        forwarded=(Snowflake(int(reference["channel_id"])), named_id) if forwards and named_id else None,
    )
    if flags & MessageFlag.COMPONENTS_V2 and (draft.content or draft.embeds):
        form.add(("flags",), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "Use components only")
    form.raise_if_any()
    _check_files(len(uploads))
    return draft


def read_patch(body: JsonObject, uploads: tuple[Upload, ...] = (), *, layout: bool = False) -> Patch:
    """Convert a body to a patch, which changes only the fields of the body.

    Raises:
        ApiError: "Invalid Form Body", or too many files.
    """
    form = FormErrors()
    form.check_length(("content",), body.get("content"), MAX_CONTENT_CHARACTERS)
    layout = layout or bool(_flags(body) & MessageFlag.COMPONENTS_V2)
    embeds = check_embeds(form, body.get("embeds"))
    components = check_components(form, body.get("components"), layout=layout)
    descriptions = _descriptions(form, body)
    kept = None
    if "attachments" in body:
        # Small ids refer to files of this request, other ids to existing files of the message.
        named = {int(entry["id"]) for entry in form.read_objects(("attachments",), body["attachments"])}
        kept = frozenset(Snowflake(number) for number in named - {upload.slot for upload in uploads})
        _check_files(len(kept) + len(uploads))
    form.raise_if_any()
    return Patch(
        content=(body["content"] or "").strip() if "content" in body else None,
        flags=_flags(body) if body.get("flags") is not None else None,
        embeds=tuple(embeds) if "embeds" in body else None,
        components=tuple(components) if "components" in body else None,
        uploads=uploads,
        descriptions=descriptions,
        kept_ids=kept,
        mentions=_mentions(body.get("allowed_mentions")),
    )


def _flags(body: JsonObject) -> MessageFlag:
    return MessageFlag(int(body.get("flags") or 0))


def _descriptions(form: FormErrors, body: JsonObject) -> dict[int, str]:
    entries = form.read_objects(("attachments",), body.get("attachments"))
    for number, entry in enumerate(entries):
        form.check_length(("attachments", number, "description"), entry.get("description"), 1024)
    return {int(entry["id"]): entry["description"] for entry in entries if entry.get("description")}


def _mentions(value: JsonObject | None) -> AllowedMentions:
    if value is None:
        return AllowedMentions()
    return AllowedMentions(
        kinds=frozenset(value.get("parse", ())),
        user_ids=frozenset(Snowflake(int(one)) for one in value.get("users", ())),
        role_ids=frozenset(Snowflake(int(one)) for one in value.get("roles", ())),
        replied_user=bool(value.get("replied_user", False)),
    )


def _check_files(number: int) -> None:
    if number > MAX_FILES:
        raise ApiError(ApiErrorKind.TOO_MANY_FILES)

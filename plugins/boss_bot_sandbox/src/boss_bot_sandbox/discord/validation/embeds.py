"""Validates the limits of embeds, including the limit on all texts of a message's embeds together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.validation.form_errors import FormErrors

MAX_EMBEDS = 10
MAX_EMBED_CHARACTERS = 6000
_MAX_FIELDS = 25
_LINKS = (("url",), ("image", "url"), ("thumbnail", "url"), ("author", "url"), ("author", "icon_url"))


def check_embeds(form: FormErrors, value: object) -> list[JsonObject]:
    """Return the embeds unchanged and add their errors."""
    embeds = form.read_objects(("embeds",), value)
    form.check_count(("embeds",), len(embeds), MAX_EMBEDS)
    total = sum(_check(form, ("embeds", number), embed) for number, embed in enumerate(embeds))
    if total > MAX_EMBED_CHARACTERS:
        form.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MAX_EMBED_CHARACTERS}")
    return embeds


def _check(form: FormErrors, path: tuple[str | int, ...], embed: JsonObject) -> int:
    total = form.check_length((*path, "title"), embed.get("title"), 256)
    total += form.check_length((*path, "description"), embed.get("description"), 4096)
    total += form.check_length((*path, "footer", "text"), _nested_value(embed, "footer", "text"), 2048)
    total += form.check_length((*path, "author", "name"), _nested_value(embed, "author", "name"), 256)
    fields = form.read_objects((*path, "fields"), embed.get("fields"))
    form.check_count((*path, "fields"), len(fields), _MAX_FIELDS)
    for number, field in enumerate(fields):
        total += form.check_length((*path, "fields", number, "name"), field.get("name"), 256, shortest=1)
        total += form.check_length((*path, "fields", number, "value"), field.get("value"), 1024, shortest=1)
    for link in _LINKS:
        _check_link(form, (*path, *link), _nested_value(embed, *link))
    return total


def _nested_value(embed: JsonObject, *keys: str) -> object:
    value: object = embed
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _check_link(form: FormErrors, path: tuple[str | int, ...], link: object) -> None:
    schemes = ("http", "https") if path[-1] == "url" and len(path) == 3 else ("http", "https", "attachment")
    if isinstance(link, str) and link.partition("://")[0] not in schemes:
        form.add(path, "URL_TYPE_INVALID_SCHEME", f'Scheme "{link.partition(":")[0]}" must be one of {schemes}.')

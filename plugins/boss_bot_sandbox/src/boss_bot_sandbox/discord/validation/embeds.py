"""The limits of embeds.

They exist apart because the limit over all embeds of a message needs every text's length anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.validation.form_errors import FormErrors

MOST_EMBEDS = 10
MOST_CHARACTERS = 6000
_MOST_FIELDS = 25
_LINKS = (("url",), ("image", "url"), ("thumbnail", "url"), ("author", "url"), ("author", "icon_url"))


def check_embeds(form: FormErrors, value: object) -> list[JsonObject]:
    """Return the embeds; note what Discord would refuse about them."""
    embeds = form.objects(("embeds",), value)
    form.count(("embeds",), len(embeds), MOST_EMBEDS)
    total = sum(_check(form, ("embeds", number), embed) for number, embed in enumerate(embeds))
    if total > MOST_CHARACTERS:
        form.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST_CHARACTERS}")
    return embeds


def _check(form: FormErrors, path: tuple[str | int, ...], embed: JsonObject) -> int:
    total = form.length((*path, "title"), embed.get("title"), 256)
    total += form.length((*path, "description"), embed.get("description"), 4096)
    total += form.length((*path, "footer", "text"), _inner(embed, "footer", "text"), 2048)
    total += form.length((*path, "author", "name"), _inner(embed, "author", "name"), 256)
    fields = form.objects((*path, "fields"), embed.get("fields"))
    form.count((*path, "fields"), len(fields), _MOST_FIELDS)
    for number, field in enumerate(fields):
        total += form.length((*path, "fields", number, "name"), field.get("name"), 256, shortest=1)
        total += form.length((*path, "fields", number, "value"), field.get("value"), 1024, shortest=1)
    for link in _LINKS:
        _check_link(form, (*path, *link), _inner(embed, *link))
    return total


def _inner(embed: JsonObject, *keys: str) -> object:
    value: object = embed
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _check_link(form: FormErrors, path: tuple[str | int, ...], link: object) -> None:
    schemes = ("http", "https") if path[-1] == "url" and len(path) == 3 else ("http", "https", "attachment")
    if isinstance(link, str) and link.partition("://")[0] not in schemes:
        form.add(path, "URL_TYPE_INVALID_SCHEME", f'Scheme "{link.partition(":")[0]}" must be one of {schemes}.')

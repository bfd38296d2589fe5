"""The reference of a module's public names, in sections by the modules that define them."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import griffe

from docs.generator.entries import describe

TITLES: Final = {
    "boss_bot_core.domain.link": "Links and options",
    "boss_bot_core.plugin.matching": "Claims",
    "boss_bot_core.plugin.download": "Downloads",
    "boss_bot_core.plugin.download_result": "Downloads",
    "boss_bot_core.domain.secret": "Settings of a plugin",
    "boss_bot_core.plugin.health": "State of a plugin",
    "boss_bot_core.domain.media": "Metadata of a post",
    "boss_bot_core.plugin.http_client": "HTTP requests",
    "boss_bot_core.plugin.http_options": "HTTP requests",
    "boss_bot_core.plugin.http_status": "HTTP requests",
    "boss_bot_core.plugin.part_file": "Incomplete files",
    "boss_bot_core.plugin.source_name": "Names of files",
    "boss_bot_core.plugin.text_body": "Texts in place of files",
    "boss_bot_core.plugin.site_messages": "Messages of a site",
    "boss_bot_core.plugin.inspection": "Inspection and post-processing",
    "boss_bot_core.plugin.post_process": "Inspection and post-processing",
    "boss_bot_core.plugin.post_process_plan": "Inspection and post-processing",
    "boss_bot_core.errors.base": "Errors",
    "boss_bot_core.errors.download": "Errors",
    "boss_bot_core.errors.machine": "Errors",
    "boss_bot_core.errors.refusal": "Errors",
    "boss_bot_core.errors.choice": "Errors",
    "boss_bot_core.domain.sizes": "Sizes",
    "boss_bot_core.plugin.spec": "The marker of hooks",
}
"""Section titles by defining module, in the order of the page. The names of other modules come in front of the last."""


def build_reference(module: str) -> str:
    """Return a section for each module that defines names of `module.__all__`.

    Raises:
        ValueError: A public name has no docstring.
    """
    found = sorted(_list_public(module), key=_get_position)
    sections = groupby(found, key=lambda one: _get_title(one.module.path))
    return "\n\n".join("\n\n".join([f"## {title}", *map(describe, entries)]) for title, entries in sections)


def build_list(module: str) -> str:
    """Return the names of `module.__all__` in their order, without sections.

    Raises:
        ValueError: A public name has no docstring.
    """
    return "\n\n".join(map(describe, _list_public(module)))


def _list_public(module: str) -> Iterator[griffe.Object]:
    public = griffe.load(module, docstring_parser="google", resolve_aliases=True)
    for name in public.exports or ():
        found = public[str(name)]
        yield found.final_target if isinstance(found, griffe.Alias) else found


def _get_position(entry: griffe.Object) -> tuple[int, str, int]:
    module, order = entry.module.path, list(TITLES)
    return order.index(module) if module in order else len(order) - 1, module, entry.lineno or 0


def _get_title(module: str) -> str:
    return TITLES.get(module) or module.rpartition(".")[2].replace("_", " ").strip().capitalize()

"""Validates the structure of buttons and select menus.

It covers rows of buttons and menus, and the layout components that a message flag enables (version 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.validation.form_errors import FormErrors

ROW, BUTTON, TEXT_INPUT = 1, 2, 4
SELECTS = frozenset({3, 5, 6, 7, 8})
_LAYOUT = frozenset({1, 9, 10, 12, 13, 14, 17})
_LINK_STYLE, _PREMIUM_STYLE = 5, 6


def check_components(form: FormErrors, value: object, *, layout: bool) -> list[JsonObject]:
    """Return the components unchanged and add their errors.

    Args:
        form: Collects the errors.
        value: The body's ``components``.
        layout: Whether the message uses layout components.
    """
    top = form.read_objects(("components",), value)
    form.check_count(("components",), len(top), 40 if layout else 5)
    for number, component in enumerate(top):
        path: tuple[str | int, ...] = ("components", number)
        if component.get("type") not in (_LAYOUT if layout else {ROW}):
            form.add((*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of the allowed types.')
    seen: set[str] = set()
    for path, component in walk_components(top):
        _check(form, path, component, seen)
    return top


def walk_components(
    components: list[JsonObject], path: tuple[str | int, ...] = ("components",)
) -> Iterator[tuple[tuple[str | int, ...], JsonObject]]:
    """Yield every component with its path, outer components first."""
    for number, component in enumerate(components):
        yield (*path, number), component
        inner = [*component.get("components", [])]
        inner += [component[key] for key in ("accessory", "component") if isinstance(component.get(key), dict)]
        yield from walk_components(inner, (*path, number, "components"))


def _check(form: FormErrors, path: tuple[str | int, ...], component: JsonObject, seen: set[str]) -> None:
    kind = component.get("type")
    if kind == ROW:
        _check_row(form, path, component)
    elif kind == BUTTON:
        _check_button(form, path, component)
    elif kind in SELECTS:
        _check_select(form, path, component)
    custom_id = component.get("custom_id")
    if custom_id is not None:
        form.check_length((*path, "custom_id"), custom_id, 100, shortest=1)
        if custom_id in seen:
            form.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        seen.add(str(custom_id))


def _check_row(form: FormErrors, path: tuple[str | int, ...], row: JsonObject) -> None:
    children = form.read_objects((*path, "components"), row.get("components"))
    has_menu = any(child.get("type") in SELECTS | {TEXT_INPUT} for child in children)
    form.check_count((*path, "components"), len(children), 1 if has_menu else 5, least=1)


def _check_button(form: FormErrors, path: tuple[str | int, ...], button: JsonObject) -> None:
    style = button.get("style")
    if style not in range(1, 7):
        form.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
    form.check_length((*path, "label"), button.get("label"), 80)
    wanted = {_LINK_STYLE: "url", _PREMIUM_STYLE: "sku_id"}.get(int(style or 0), "custom_id")
    if not button.get(wanted):
        form.add((*path, wanted), "BASE_TYPE_REQUIRED", "This field is required")
    if style != _PREMIUM_STYLE and not (button.get("label") or button.get("emoji")):
        form.add(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji")


def _check_select(form: FormErrors, path: tuple[str | int, ...], menu: JsonObject) -> None:
    form.check_length((*path, "placeholder"), menu.get("placeholder"), 150)
    if menu.get("type") != 3:
        return
    options = form.read_objects((*path, "options"), menu.get("options"))
    form.check_count((*path, "options"), len(options), 25, least=1)
    for number, option in enumerate(options):
        form.check_length((*path, "options", number, "label"), option.get("label"), 100, shortest=1)
        form.check_length((*path, "options", number, "value"), option.get("value"), 100, shortest=1)
        form.check_length((*path, "options", number, "description"), option.get("description"), 100)

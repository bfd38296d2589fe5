"""The description of one public name as Markdown, from its signature and its Google-style docstring.

Members are lists, not tables: a list can be read as a file too, and a type may contain `|`.
"""

import textwrap
from collections.abc import Iterator
from typing import Final

import griffe

_WIDTH: Final = 120


def describe(entry: griffe.Object) -> str:
    """Return the description of a class, a function, a constant or a type, under a heading of its own.

    Raises:
        ValueError: The name has no docstring.
    """
    if entry.docstring is None:
        raise ValueError(f"{entry.path} is public and has no docstring.")
    lines = [f"### `{entry.name}`\n"]
    if isinstance(entry, griffe.Function):
        lines.append(f"`{entry.signature()}`\n")
    elif isinstance(entry, griffe.Attribute):
        lines.append(f"`{entry.name} = {entry.value}`\n")
    lines += [*_list_texts(entry), *_list_arguments(entry)]
    if isinstance(entry, griffe.Class):
        lines += _list_members(entry)
    return "\n".join(lines).strip()


def _list_texts(entry: griffe.Object) -> Iterator[str]:
    for paragraph in _get_text(entry).split("\n\n"):
        yield textwrap.fill(paragraph, _WIDTH, break_on_hyphens=False, break_long_words=False) + "\n"


def _list_arguments(entry: griffe.Object, indent: str = "") -> Iterator[str]:
    """Yield the documented arguments and exceptions of a function, or the arguments of a class."""
    for section in entry.docstring.parsed if entry.docstring else ():
        if isinstance(section, griffe.DocstringSectionParameters):
            for argument in section.value:
                yield _format_item(f"`{argument.name}`", argument.description, indent)
        elif isinstance(section, griffe.DocstringSectionReturns):
            yield _format_item("Returns", " ".join(one.description for one in section.value), indent)
        elif isinstance(section, griffe.DocstringSectionRaises):
            for error in section.value:
                yield _format_item(f"Raises `{error.annotation}`", error.description, indent)


def _list_members(entry: griffe.Class) -> Iterator[str]:
    """Yield the public attributes, properties and methods of a class that are documented, or the fields of a value."""
    described = _get_attribute_texts(entry)
    for name, member in entry.members.items():
        if name.startswith("_"):
            continue
        if isinstance(member, griffe.Function) and member.docstring:
            yield _format_item(f"`{member.signature()}`", _get_text(member))
            yield from _list_arguments(member, indent="  ")
        elif isinstance(member, griffe.Attribute) and (
            name in described or member.docstring or (not described and member.annotation)
        ):
            yield _format_item(f"`{_format_attribute(entry, member)}`", described.get(name) or _get_text(member))


def _get_attribute_texts(entry: griffe.Class) -> dict[str, str]:
    sections = entry.docstring.parsed if entry.docstring else []
    found = (one for one in sections if isinstance(one, griffe.DocstringSectionAttributes))
    return {attribute.name: attribute.description for section in found for attribute in section.value}


def _format_attribute(entry: griffe.Class, member: griffe.Attribute) -> str:
    """Return the name with its type and its default."""
    annotation = f": {member.annotation}" if member.annotation else ""
    has_default = "__init__" not in entry.members or member.labels == {"class-attribute"}
    default = _get_default(member.value) if has_default and member.value is not None else None
    return f"{member.name}{annotation}" + (f" = {default}" if default and "property" not in member.labels else "")


def _get_default(value: str | griffe.Expr) -> str | None:
    """Return a default value as text; of a call of `attrs.field` that of its default."""
    if not isinstance(value, griffe.ExprCall) or not str(value.function).startswith("attrs.field"):
        return str(value)
    keywords = {one.name: str(one.value) for one in value.arguments if isinstance(one, griffe.ExprKeyword)}
    return keywords.get("default") or (f"{keywords['factory']}()" if "factory" in keywords else None)


def _get_text(entry: griffe.Object) -> str:
    sections = entry.docstring.parsed if entry.docstring else []
    return "\n\n".join(one.value for one in sections if isinstance(one, griffe.DocstringSectionText))


def _format_item(name: str, text: str, indent: str = "") -> str:
    return textwrap.fill(
        f"{name}: {' '.join(text.split())}" if text else name,
        _WIDTH,
        initial_indent=f"{indent}- ",
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
        break_long_words=False,
    )

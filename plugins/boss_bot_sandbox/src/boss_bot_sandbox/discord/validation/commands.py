"""Validates application commands.

A bot gets the errors of its commands only when it registers them, so the sandbox is as strict as Discord.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.command import CommandKind
from boss_bot_sandbox.discord.validation.form_errors import FormErrors

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject

MAX_SLASH_COMMANDS = 100
MAX_MENU_COMMANDS = 5
_MAX_OPTIONS = 25
_MAX_CHARACTERS = 8000
_NAME = re.compile(r"[-_'\w]{1,32}")
_SUBCOMMANDS = (1, 2)


def check_commands(bodies: list[JsonObject]) -> None:
    """Refuse a whole set of commands if one of them is invalid.

    Raises:
        ApiError: "Invalid Form Body" with all errors.
    """
    form = FormErrors()
    for number, body in enumerate(bodies):
        check_command(form, (number,), body)
    for kind, most in ((1, MAX_SLASH_COMMANDS), (2, MAX_MENU_COMMANDS), (3, MAX_MENU_COMMANDS)):
        if sum(int(body.get("type") or 1) == kind for body in bodies) > most:
            form.add((), "APPLICATION_COMMANDS_MAX", f"Maximum number of commands of type {kind} reached ({most})")
    form.raise_if_any()


def check_command(form: FormErrors, path: tuple[str | int, ...], body: JsonObject) -> None:
    """Add the errors of one command."""
    kind = CommandKind(int(body.get("type") or 1))
    name = body.get("name")
    form.check_length((*path, "name"), name, 32, shortest=1)
    if kind is CommandKind.SLASH:
        _check_name(form, (*path, "name"), name)
        form.check_length((*path, "description"), body.get("description"), 100, shortest=1)
        total = _check_options(form, (*path, "options"), body.get("options"))
        if total + len(str(name)) + len(str(body.get("description"))) > _MAX_CHARACTERS:
            form.add(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({_MAX_CHARACTERS})")


def _check_name(form: FormErrors, path: tuple[str | int, ...], name: object) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        form.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_options(form: FormErrors, path: tuple[str | int, ...], value: object) -> int:
    options = form.read_objects(path, value)
    form.check_count(path, len(options), _MAX_OPTIONS)
    optional_seen, total = False, 0
    for number, option in enumerate(options):
        here = (*path, number)
        _check_name(form, (*here, "name"), option.get("name"))
        total += form.check_length((*here, "name"), option.get("name"), 32, shortest=1)
        total += form.check_length((*here, "description"), option.get("description"), 100, shortest=1)
        if option.get("type") in _SUBCOMMANDS:
            total += _check_options(form, (*here, "options"), option.get("options"))
        elif option.get("required") and optional_seen:
            message = "Required options must be placed before non-required options"
            form.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen = optional_seen or not option.get("required")
        choices = form.read_objects((*here, "choices"), option.get("choices"))
        form.check_count((*here, "choices"), len(choices), 25)
    return total

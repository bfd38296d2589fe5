"""Builds the interaction data of a slash command from its typed options.

Like Discord's client, it checks the options against their types and limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.user_client.errors import NotOfferedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.command import Command
    from boss_bot_sandbox.discord.user_client.resolved_data import ResolvedData

OptionValue = str | int | float | bool

_SUBCOMMANDS = (1, 2)
_STRING, _INTEGER, _BOOLEAN, _NUMBER = 3, 4, 5, 10
_TYPES: dict[int, tuple[type, ...]] = {
    _STRING: (str,),
    _INTEGER: (int,),
    _BOOLEAN: (bool,),
    _NUMBER: (int, float),
}


def build_command_data(
    command: Command,
    path: list[str],
    values: Mapping[str, OptionValue],
    resolved: ResolvedData,
    focused: str | None = None,
) -> JsonObject:
    """Return the ``data`` of a slash command's interaction.

    Args:
        command: The registered command.
        path: The names of the subcommands after the name of the command.
        values: The values by option name; users, roles and channels are given by id.
        resolved: Collects the objects that the ids refer to.
        focused: For autocomplete, the option that is being typed; required options may then be missing.

    Raises:
        NotOfferedError: An option does not exist or is missing, or its value is not allowed.
    """
    data: JsonObject = {"id": str(command.id), "name": command.name, "type": int(command.kind)}
    data["options"] = _build_options(list(command.options), path, values, resolved, focused)
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    return {**data, "resolved": resolved.data} if resolved.data else data


def _build_options(
    options: list[JsonObject],
    path: list[str],
    values: Mapping[str, OptionValue],
    resolved: ResolvedData,
    focused: str | None,
) -> list[JsonObject]:
    if path:
        chosen = [one for one in options if one["name"] == path[0] and one["type"] in _SUBCOMMANDS]
        if not chosen:
            raise NotOfferedError(f"no subcommand {path[0]!r}; there are {[one['name'] for one in options]}")
        inner = _build_options(list(chosen[0].get("options", ())), path[1:], values, resolved, focused)
        return [{"name": path[0], "type": chosen[0]["type"], "options": inner}]
    if unknown := set(values) - {one["name"] for one in options}:
        raise NotOfferedError(f"no options {sorted(unknown)}; there are {[one['name'] for one in options]}")
    return [
        _build_option(one, values[one["name"]], resolved, focused) for one in options if _is_given(one, values, focused)
    ]


def _is_given(option: JsonObject, values: Mapping[str, OptionValue], focused: str | None) -> bool:
    if option["name"] in values:
        return True
    if option.get("required") and focused is None:
        raise NotOfferedError(f"the option {option['name']!r} is required")
    return False


def _build_option(option: JsonObject, value: OptionValue, resolved: ResolvedData, focused: str | None) -> JsonObject:
    given: JsonObject = {"name": option["name"], "type": option["type"]}
    if option["name"] == focused:
        return {**given, "value": value, "focused": True}
    wanted = _TYPES.get(option["type"])
    if wanted is None:
        resolved.add_by_id(Snowflake(int(value)))
        return {**given, "value": str(value)}
    if not isinstance(value, wanted) or (isinstance(value, bool) and option["type"] != _BOOLEAN):
        raise NotOfferedError(f"{option['name']}: {value!r} is of the wrong type")
    _check_limits(option, value)
    return {**given, "value": value}


def _check_limits(option: JsonObject, value: OptionValue) -> None:
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        raise NotOfferedError(f"{option['name']}: {value!r} is not one of {choices}")
    size = len(value) if isinstance(value, str) else value
    limits = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    least, most = (option.get(name) for name in limits)
    if (least is not None and size < least) or (most is not None and size > most):
        raise NotOfferedError(f"{option['name']}: {value!r} is outside of its limits")

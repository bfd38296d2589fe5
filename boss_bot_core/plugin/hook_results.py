"""Checks of what hooks return; the error names the plugin, the mistake and what is expected.

They run right after the hook, in the worker: the bot refuses a wrong result too, but cannot tell whose mistake it is.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from boss_bot_core.errors import InternalError
from boss_bot_core.plugin.download_result import DownloadResult
from boss_bot_core.plugin.inspection import FileFacts, FileToInspect, merge_facts

_ResultT = TypeVar("_ResultT")


def describe_type(value: object) -> str:
    """Return what `value` is, without its content, which can be long or secret."""
    return "None" if value is None else f"a value of type {type(value).__name__}"


def check_type(plugin: str, hook: str, result: object, expected: type[_ResultT]) -> _ResultT:
    """Return what a plugin's hook returned.

    Raises:
        InternalError: It is no `expected`.
    """
    if isinstance(result, expected):
        return result
    wrong = f"Plugin {plugin} returned {describe_type(result)} from {hook}"
    raise InternalError(f"{wrong}, which must return a {expected.__name__}.")


def check_returns(
    plugin: str, hook: str, function: Callable[..., object], expected: type[_ResultT]
) -> Callable[..., _ResultT | None]:
    """Return a function that calls a plugin's hook, which returns `expected` or None.

    It raises what the hook raises, and InternalError for anything else that the hook returns.
    """

    def call(*values: object, **named: object) -> _ResultT | None:
        returned = function(*values, **named)
        return None if returned is None else check_type(plugin, hook, returned, expected)

    return call


def call_inspection_hooks(
    hooks: Iterable[tuple[str, Callable[..., object]]], file: FileToInspect, get_settings: Callable[[str], object]
) -> FileFacts:
    """Return the facts of several plugins about a file; a later plugin only fills in missing facts.

    Args:
        hooks: The inspection hooks with the names of their plugins.
        file: The file, without settings.
        get_settings: Returns the settings of a plugin, or None.
    """
    name = "bossbot_inspect_file"
    return merge_facts(
        check_returns(plugin, name, hook, FileFacts)(file=attrs.evolve(file, settings=get_settings(plugin)))
        for plugin, hook in hooks
    )


def check_download_result(plugin: str, result: object) -> DownloadResult:
    """Return what a plugin's download hook returned.

    Raises:
        InternalError: It is no `DownloadResult` with files.
    """
    checked = check_type(plugin, "bossbot_download", result, DownloadResult)
    if not checked.files:
        raise InternalError(f"Plugin {plugin} returned no files; its bossbot_download must raise NothingFoundError.")
    return checked

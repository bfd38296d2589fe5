"""Checks of what hooks return; the error names the plugin, the mistake and what is expected.

They run right after the hook, in the worker: the bot refuses a wrong result too, but cannot tell whose mistake it is.
"""

from collections.abc import Callable
from typing import TypeVar

from boss_bot_core.errors import InternalError
from boss_bot_core.plugin.download_result import DownloadResult

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


def check_download_result(plugin: str, result: object) -> DownloadResult:
    """Return what a plugin's download hook returned.

    Raises:
        InternalError: It is no `DownloadResult` with files.
    """
    checked = check_type(plugin, "bossbot_download", result, DownloadResult)
    if not checked.files:
        raise InternalError(f"Plugin {plugin} returned no files; its bossbot_download must raise NothingFoundError.")
    return checked

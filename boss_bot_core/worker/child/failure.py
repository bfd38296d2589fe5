"""The failure of a hook: a result that the bot would refuse, and the typed error that an exception becomes.

The errors of `boss_bot_core.errors` are reported as they are. Of other exceptions, those that mean a bug become
`InternalError`, and those of the machine or the network become theirs; the rest is `EngineBrokenError`.
"""

import traceback

from boss_bot_core.errors import (
    DownloadFailedError,
    EngineBrokenError,
    InternalError,
    PluginError,
    build_report,
    find_bug,
    find_machine_error,
    find_network_error,
)
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages import (
    DownloadJob,
    Event,
    HookFailed,
    InspectFinished,
    PostProcessFinished,
    WorkerJob,
    decode,
    encode,
)
from boss_bot_core.worker.messages.events import JobResult
from boss_bot_core.worker.result_check import check_result

_CAUSE_LIMIT_CHARS = 500
"""Characters that are kept of a cause, which can contain a whole page of the site."""


def check_own_result(job: WorkerJob, result: JobResult, manager: PluginManager) -> JobResult:
    """Return the result of this worker; the bot, which checks it again, cannot tell what a plugin did wrong.

    Raises:
        InternalError: The bot would refuse the result.
    """
    if isinstance(job, DownloadJob):
        names = job.plugin
    else:
        hook = {InspectFinished: "bossbot_inspect_file", PostProcessFinished: "bossbot_post_process"}.get(type(result))
        names = " or ".join(plugin.name for plugin in manager.loaded.values() if hook in plugin.hooks)
    try:
        received: Event = decode(encode(result, Event), Event)
    except (MessageError, TypeError, AttributeError) as exc:
        raise InternalError(f"Plugin {names} returned a value of a wrong type.") from exc
    try:
        check_result(job, received)
    except MessageError as exc:
        raise InternalError(f"Plugin {names} returned {exc}.") from exc
    return result


def to_hook_failed(error: BaseException, plugin: str | None) -> HookFailed:
    """Return the job's result for an exception: an expected error with its cause, a bug with its traceback.

    Args:
        error: The exception.
        plugin: The plugin whose hook raised it; None for the worker's own code.
    """
    if isinstance(error, InternalError):
        # The message says which rule the plugin broke; the traceback would show the core's check of it.
        detail = None
    elif isinstance(error, DownloadFailedError) and not isinstance(error, EngineBrokenError):
        cause = error.__cause__
        detail = None if cause is None else f"{type(cause).__name__}: {cause}"[:_CAUSE_LIMIT_CHARS]
    else:
        detail = "".join(traceback.format_exception(error))
    return HookFailed(report=build_report(_to_typed_error(error, plugin), detail=detail), plugin=plugin)


def _to_typed_error(error: BaseException, plugin: str | None) -> DownloadFailedError:
    if isinstance(error, DownloadFailedError):
        return error
    if found := find_bug(error, plugin) or find_machine_error(error) or find_network_error(error):
        return found
    if isinstance(error, MemoryError):
        return EngineBrokenError("The engine used more memory than a download may.")
    if isinstance(error, PluginError):
        return EngineBrokenError(str(error))
    subject = "The engine" if plugin is None else f"Plugin {plugin}"
    return EngineBrokenError(f"{subject} broke ({type(error).__name__}).")

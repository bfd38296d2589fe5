"""The hooks that a plugin can implement. Each takes one request and returns one value, so that no signature grows.

An entry point of the group `boss_bot` names the plugin, a module or an object, which implements hooks with `@hookimpl`,
exactly as here. The module has to be light: the bot imports it, so hooks that run elsewhere import the engine inside.
"""

from typing import TYPE_CHECKING, Any

import pluggy

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.download import DownloadRequest
from boss_bot_core.plugin.download_result import DownloadResult
from boss_bot_core.plugin.health import HealthRequest
from boss_bot_core.plugin.inspection import FileFacts, FileToInspect
from boss_bot_core.plugin.matching import Platform, UrlMatch
from boss_bot_core.plugin.post_process import PostProcessRequest, PostProcessResult
from boss_bot_core.plugin.post_process_plan import PostProcessPlan

if TYPE_CHECKING:
    import typer

PROJECT_NAME = "boss_bot"

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)
"""Marks a function as a plugin's implementation of the hook with the function's name."""


@hookspec
def bossbot_platform() -> Platform:
    """Describe the platform; called once in every process that loads plugins: no I/O, no engine."""
    raise NotImplementedError


@hookspec
def bossbot_settings() -> type:
    """Return the class of the plugin's own settings.

    Called once in every process that loads plugins. The operator's values reach the hooks as `settings` of a request.
    """
    raise NotImplementedError


@hookspec
def bossbot_check_health(request: HealthRequest[Any]) -> tuple[str, ...]:
    """Return sentences about the plugin's state for the operator; an exception is shown in place of them.

    Called for `boss-bot plugins` and `$health`, in their process: a few milliseconds, no network, no engine.
    """
    raise NotImplementedError


@hookspec
def bossbot_register_cli(app: "typer.Typer") -> None:
    """Add commands to `boss-bot`.

    Called once when the command line starts; a command imports its modules when it runs. An exception is recorded.
    """


@hookspec
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim a link, or return None.

    Called for every link, in a worker for many links (for `plugins why` in its own process): a few milliseconds, no I/O
    but the import of the engine. An exception, and no answer within two seconds, is logged and counts as None.
    """
    raise NotImplementedError


@hookspec
def bossbot_warm_up() -> None:
    """Import and warm up the engine, so that the workers that are forked afterwards start at once.

    Called once in the zygote, before any match or download. The hook uses no network and leaves no thread running. An
    exception is recorded, and the plugin is not in use until the zygote restarts.
    """


@hookspec
def bossbot_download(request: DownloadRequest[Any]) -> DownloadResult:
    """Fetch the media into `request.directory`.

    Called in a worker of its own, only for the chosen plugin; it may block, start ffmpeg, and crash. The network can be
    reached only through `request.proxy_url`. Raise a `DownloadFailedError` of `boss_bot_core.plugin`. The traceback of
    any other exception is logged; a bug, such as a TypeError, ends the download, the rest is an `EngineBrokenError`.
    """
    raise NotImplementedError


@hookspec
def bossbot_inspect_file(file: FileToInspect[Any]) -> FileFacts | None:
    """Inspect a fetched file before it is trusted.

    Called for every file and every plugin, in a worker without network, or with the `ServiceAddress` of its settings.
    None means "no facts". Raise `FileRejectedError` to refuse the file, `ServiceUnavailableError` to hold it.
    """
    raise NotImplementedError


@hookspec
def bossbot_plan_post_process(request: PostProcessRequest[Any]) -> PostProcessPlan | None:
    """Say that the files stay as they are, or only lose bytes, so that `bossbot_post_process` need not be called.

    Called in the worker that has inspected the files. None, or an exception, which is logged: it has to be called.
    """
    raise NotImplementedError


@hookspec
def bossbot_post_process(request: PostProcessRequest[Any]) -> PostProcessResult | None:
    """Convert verified files, so that they fit the destination and every player supports them.

    Called in a worker without network, for one plugin after the other; each gets the files that the previous one
    returned. None means "files unchanged". Raise `ChoiceNeededError` to ask, or `DownloadFailedError` to end.
    """
    raise NotImplementedError

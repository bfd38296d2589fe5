"""The hooks that are called for a download, each in a worker: to fetch, inspect, plan and convert its files."""

from typing import Any

from boss_bot_core.plugin.download import DownloadRequest
from boss_bot_core.plugin.download_result import DownloadResult
from boss_bot_core.plugin.inspection import FileFacts, FileToInspect
from boss_bot_core.plugin.post_process import PostProcessRequest, PostProcessResult
from boss_bot_core.plugin.post_process_plan import PostProcessPlan
from boss_bot_core.plugin.spec import hookspec


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

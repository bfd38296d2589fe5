"""The hooks: everything a plugin can do. Each takes one request and returns one value, so that no signature grows.

A plugin is a module (or object) named by an entry point of group `boss_bot`; its name there is the plugin's name.
It implements the hooks it needs with `@hookimpl`, with exactly these names and parameters.
Keep the module light: it is imported in the bot. Import an engine inside the hooks that run elsewhere.
"""

from typing import TYPE_CHECKING

import pluggy

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin.download import DownloadRequest, DownloadResult
from boss_bot_core.plugin.matching import Platform, UrlMatch
from boss_bot_core.plugin.stages import FileFacts, FileToInspect, PostProcessRequest, PostProcessResult

if TYPE_CHECKING:
    import typer

PROJECT_NAME = "boss_bot"

hookspec = pluggy.HookspecMarker(PROJECT_NAME)
hookimpl = pluggy.HookimplMarker(PROJECT_NAME)


# --- when a link comes in -------------------------------------------------------------------------------------------


@hookspec
def bossbot_platform() -> Platform:
    """Describe the platform.

    Called once in every process that loads plugins. Pure data: no I/O, no import of an engine. A plugin without this
    hook is no platform (it may inspect, post-process or add commands).
    """
    raise NotImplementedError


@hookspec
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim a link, or return None.

    Called for every link, in a worker that stays for more links (in the CLI's own process for `plugins why`): pure, no
    I/O, a few milliseconds. The engine may be imported here. None means "not mine". An exception is logged, shown by
    `plugins why` and counts as None.
    """
    raise NotImplementedError


# --- in the zygote, once --------------------------------------------------------------------------------------------


@hookspec
def bossbot_warm_up() -> None:
    """Import and warm the engine, so that the workers forked afterwards start at once.

    Called once in the zygote, before any match or download: no network, no threads left behind. An exception is
    recorded, and the plugin stays out of use until the zygote restarts.
    """
    raise NotImplementedError


# --- in a worker ----------------------------------------------------------------------------------------------------


@hookspec
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch the media into `request.directory`.

    Called in a worker of its own, only for the chosen plugin; it may block, spawn ffmpeg, and die. Network only through
    `request.proxy_url`. Raise a `DownloadFailedError` of `boss_bot_core.plugin`; anything else counts as
    `EngineBrokenError`, with its traceback in the log.
    """
    raise NotImplementedError


@hookspec
def bossbot_inspect_file(file: FileToInspect) -> FileFacts | None:
    """Look at a fetched file before anybody trusts it.

    Called in a worker without network, for every file and every plugin that has this hook. None means "nothing to
    say". Raise `FileRejectedError` to keep it from being delivered.
    """
    raise NotImplementedError


@hookspec
def bossbot_post_process(request: PostProcessRequest) -> PostProcessResult | None:
    """Turn verified files into files that fit and play.

    Called in a worker without network, one plugin after the other in order of registration, each with what the one
    before it returned. None means "left as they are". Raise a `DownloadFailedError` to end the download.
    """
    raise NotImplementedError


# --- on the command line --------------------------------------------------------------------------------------------


@hookspec
def bossbot_register_cli(app: "typer.Typer") -> None:
    """Add commands to `boss-bot`.

    Called once when the command line starts; import what a command needs inside it. An exception is recorded and the
    plugin's commands are missing.
    """
    raise NotImplementedError

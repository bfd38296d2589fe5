"""`boss-bot get --debug`: runs a plugin's download hook in the foreground, for the plugin's author.

The hook has this process's main thread and the terminal, so that a debugger works. It has no confinement and no time
limit. Only the egress proxy and its rules are those of a worker.
"""

import bdb
import logging
from collections.abc import Iterator
from pathlib import Path

import attrs
import typer
from loguru import logger

from boss_bot_core.app.plugin_settings import load_plugins
from boss_bot_core.cli.advice import advise_operator
from boss_bot_core.cli.exit_codes import EXIT_FAILED, EXIT_INTERRUPTED
from boss_bot_core.cli.get.foreground_job import open_foreground_job
from boss_bot_core.cli.get.request import GetRequest
from boss_bot_core.cli.output import to_printable
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.egress.model import BlockedRequest
from boss_bot_core.errors import PluginError, UnsupportedUrlError
from boss_bot_core.log import set_up_logging
from boss_bot_core.plugin import DownloadResult
from boss_bot_core.routing import Candidate, Route, build_route, read_link
from boss_bot_core.settings import Settings
from boss_bot_core.worker.child.failure import to_hook_failed


def run_in_foreground(settings: Settings, request: GetRequest, plugin: str | None) -> None:
    """Run the download hook for the request's only link; print its candidate, its reports and its result.

    Args:
        settings: The operator's settings.
        request: The request; its files go into a new folder below its folder, and are not stored.
        plugin: The plugin whose hook runs; None for the best candidate.

    Raises:
        UnsupportedUrlError: No plugin can fetch the link, or the named plugin cannot.
        PluginError: The plugin cannot be warmed up.
        typer.Exit: The hook failed or was stopped.
    """
    set_up_logging(attrs.evolve(settings, log=attrs.evolve(settings.log, log_level="DEBUG")))
    logging.root.setLevel(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.INFO)  # the proxy's loop is none of the author's
    manager = load_plugins(settings)
    link = read_link(request.urls[0]).link
    candidate = _choose_candidate(build_route(link, manager.match(link)), plugin)
    manager.engines.warm_up([candidate.plugin])
    for failure in manager.failures:
        if failure.name == candidate.plugin:
            raise PluginError(f"Plugin {candidate.plugin}: {failure.reason}")
    _print(f"The download hook of {candidate.plugin} runs here unconfined, with your rights and without time limits.")
    with open_foreground_job(settings, request, candidate) as foreground:
        try:
            result = foreground.run(manager)
        except (bdb.BdbQuit, KeyboardInterrupt):
            _print("Stopped.")
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a hook raises is shown to its author
            _print_failure(error, candidate.plugin, foreground.lease.blocked)
            raise typer.Exit(EXIT_FAILED) from None
    for line in _format_result(result, foreground.job.directory):
        typer.echo(to_printable(line))


def _print(text: str) -> None:
    typer.echo(to_printable(text), err=True)


def _choose_candidate(route: Route, plugin: str | None) -> Candidate:
    """Return the candidate to run; print it, and the other plugins that claim the link."""
    matches = {each.plugin: each.match for each in route.explanations if each.match is not None}
    name = route.best.plugin if plugin is None else plugin
    match = matches.pop(name, None)
    others = ", ".join(matches)
    if match is None:
        raise UnsupportedUrlError(f"Plugin {name} does not claim {route.link.url}; these do: {others}.")
    _print(f"Plugin {name}: {match.reason} ({match.media_key}, {match.url})")
    if others:
        _print(f"Also possible with --plugin: {others}")
    return Candidate(plugin=name, match=match)


def _print_failure(error: BaseException, plugin: str, blocked: list[BlockedRequest]) -> None:
    logger.opt(exception=error).error("The download hook of {} failed.", plugin)
    for request in blocked:
        _print(f"The proxy refused {request.host}:{request.port}: {request.reason}.")
    reported = to_hook_failed(error, plugin).report.to_error()
    _print(f"The bot reports it as {reported.code}: {advise_operator(reported.user_message, plugin)}")


def _format_result(result: DownloadResult, directory: Path) -> Iterator[str]:
    yield f"Title: {result.media.caption or '-'}"
    for file in result.files:
        yield f"  {file.path}  {format_size(file.path.stat().st_size)}  {file.kind}"
    for part in result.skipped:
        yield f"  missing: {part.name}: {part.reason}"
    yield f"The files are neither inspected nor stored; delete the folder when you are done: {directory}"

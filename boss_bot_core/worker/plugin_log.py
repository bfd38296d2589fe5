"""Logs what workers report about plugins: their lines, and the failures of their hooks."""

from typing import TYPE_CHECKING

from boss_bot_core.errors import EngineBrokenError, InternalError
from boss_bot_core.worker.messages import HookFailed, LogLine

if TYPE_CHECKING:
    from loguru import Logger


ENGINE_ACTION = "engine"
"""The action of the lines of download hooks, which `boss-bot get` does not show beside its results."""


def log_line(log: "Logger", line: LogLine, plugin: str | None = None) -> None:
    """Log a line of a plugin or its engine.

    Args:
        log: The logger, with the fields of the job.
        line: The line.
        plugin: The job's plugin; None if the worker calls several plugins and names the present one.
    """
    log.bind(**_build_fields(plugin or line.plugin, line.traceback)).log(line.level, "{}", line.message)


def log_failure(log: "Logger", failed: HookFailed, plugin: str | None = None) -> None:
    """Log the failure of a hook: a bug as an error and a broken engine as a warning, both with the traceback.

    Any other failure is an answer of the site, of which the pipeline logs one line.

    Args:
        log: The logger, with the fields of the job.
        failed: The failure.
        plugin: The job's plugin; None if the worker calls several plugins and names the present one.
    """
    report = failed.report
    levels = {InternalError.__name__: "ERROR", EngineBrokenError.__name__: "WARNING"}
    log.bind(**_build_fields(plugin or failed.plugin, report.detail)).log(
        levels.get(report.kind, "DEBUG"), "{}", report.message
    )


def _build_fields(plugin: str | None, traceback: str | None) -> dict[str, str]:
    fields = {"plugin": plugin, "traceback": traceback}
    return {name: value for name, value in fields.items() if value is not None}

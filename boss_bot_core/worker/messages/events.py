"""Events that a worker sends: any number of reports, `Matched` and `LogLine`, then one `JobResult`."""

from typing import Literal, get_args

import attrs

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin.download_result import Described, DownloadResult, Progress
from boss_bot_core.plugin.inspection import FileFacts
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.plugin.post_process import ConversionProgress, PostProcessResult
from boss_bot_core.plugin.post_process_plan import PostProcessPlan

PluginLogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
PLUGIN_LOG_LEVELS: tuple[PluginLogLevel, ...] = get_args(PluginLogLevel)

MESSAGE_LIMIT_CHARS = 2_000
"""A message keeps this many characters from its start."""

DETAIL_LIMIT_CHARS = 16_000
"""A traceback keeps this many characters from its end."""

_NAME_LIMIT_CHARS = 100


def _clip_message(text: str) -> str:
    if len(text) <= MESSAGE_LIMIT_CHARS:
        return text
    # Whole words only: the log would not recognise half of a secret.
    clipped = text[:MESSAGE_LIMIT_CHARS]
    return clipped.rpartition(" ")[0] or clipped


def _clip_name(name: str | None) -> str | None:
    return name and name[:_NAME_LIMIT_CHARS]


def _clip_detail(text: str | None) -> str | None:
    if text is None or len(text) <= DETAIL_LIMIT_CHARS:
        return text
    # Whole lines only, for the same reason.
    clipped = text[-DETAIL_LIMIT_CHARS:]
    return clipped.partition("\n")[2] or clipped


def _clip_report(report: ErrorReport) -> ErrorReport:
    return attrs.evolve(report, message=_clip_message(report.message), detail=_clip_detail(report.detail))


@attrs.frozen(kw_only=True)
class LogLine:
    """A line that a plugin or its engine printed or logged; untrusted text, with the job's secrets redacted.

    Attributes:
        level: Level of the line.
        message: The line.
        plugin: Name of the plugin whose hook ran, or None.
        traceback: The traceback of the exception that was logged, or None.
    """

    level: PluginLogLevel
    message: str = attrs.field(converter=_clip_message)
    plugin: str | None = attrs.field(default=None, converter=_clip_name)
    traceback: str | None = attrs.field(default=None, converter=_clip_detail)


@attrs.frozen(kw_only=True)
class DownloadFinished:
    """Result of a download; the bot has checked that every path is a file in the job's folder."""

    result: DownloadResult


@attrs.frozen(kw_only=True)
class InspectFinished:
    """Result of an inspection.

    Attributes:
        outcomes: The facts or the rejection of each of the job's files, in their order.
        plan: What becomes of all files; the facts are those of what is kept. None when they have to be post-processed.
    """

    outcomes: tuple[FileFacts | ErrorReport, ...]
    plan: PostProcessPlan | None = None


@attrs.frozen(kw_only=True)
class PostProcessFinished:
    """Result of post-processing; the bot has checked every path."""

    result: PostProcessResult


@attrs.frozen(kw_only=True)
class Matched:
    """Every plugin's answer to a link; one `Matched` for each link, in the links' order."""

    results: tuple[MatchResult, ...]


@attrs.frozen(kw_only=True)
class MatchFinished:
    """Result of a match job, sent when the bot sends no more links."""


@attrs.frozen(kw_only=True)
class HookFailed:
    """Result of a job that failed, reported by the worker or, if the worker died, by the bot; its texts are clipped.

    Attributes:
        report: The error.
        plugin: Name of the plugin whose hook failed, or None.
    """

    report: ErrorReport = attrs.field(converter=_clip_report)
    plugin: str | None = attrs.field(default=None, converter=_clip_name)


JobResult = DownloadFinished | InspectFinished | PostProcessFinished | MatchFinished | HookFailed
Event = Progress | Described | ConversionProgress | Matched | LogLine | JobResult

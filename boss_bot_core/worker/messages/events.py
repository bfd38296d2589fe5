"""What a worker tells: `Progress` and `Described` as often as it likes, log lines, and one last word."""

from typing import Literal, get_args

import attrs

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin.download import Described, DownloadResult, Progress
from boss_bot_core.plugin.loaded import Claim
from boss_bot_core.plugin.stages import FileFacts, PostProcessResult

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVELS: tuple[LogLevel, ...] = get_args(LogLevel)


MESSAGE_LIMIT_CHARS = 2_000
DETAIL_LIMIT_CHARS = 16_000
"""Characters of a message, and of a traceback from its end, that anybody wants to read."""


def _clip_message(text: str) -> str:
    return text[:MESSAGE_LIMIT_CHARS]


def _clip_report(report: ErrorReport) -> ErrorReport:
    detail = report.detail and report.detail[-DETAIL_LIMIT_CHARS:]
    return attrs.evolve(report, message=_clip_message(report.message), detail=detail)


@attrs.frozen(kw_only=True)
class LogLine:
    """A line that the engine, or Python's logging, wrote; untrusted text, without secrets of ours."""

    level: LogLevel
    message: str = attrs.field(converter=_clip_message)


@attrs.frozen(kw_only=True)
class DownloadFinished:
    """Last word of a download; every path was checked to be a file of the job's folder."""

    result: DownloadResult


@attrs.frozen(kw_only=True)
class InspectFinished:
    """Last word of an inspection: facts or the rejection, one for each file of the job, in its order."""

    outcomes: tuple[FileFacts | ErrorReport, ...]


@attrs.frozen(kw_only=True)
class PostProcessFinished:
    """Last word of a post-processing; every path was checked."""

    result: PostProcessResult


@attrs.frozen(kw_only=True)
class Matched:
    """What every platform said about a link; one for each link, in their order."""

    claims: tuple[Claim, ...]


@attrs.frozen(kw_only=True)
class MatchFinished:
    """Last word of a match: no more links will come."""


@attrs.frozen(kw_only=True)
class HookFailed:
    """Last word of a job that failed, whether the worker could say so or died; its texts have a sane length."""

    report: ErrorReport = attrs.field(converter=_clip_report)


JobResult = DownloadFinished | InspectFinished | PostProcessFinished | MatchFinished | HookFailed
Event = Progress | Described | Matched | LogLine | JobResult

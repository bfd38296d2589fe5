"""What a worker tells: `Progress` and `Described` as often as it likes, log lines, and one last word."""

from typing import Literal, get_args

import attrs

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin.download import Described, DownloadResult, Progress
from boss_bot_core.plugin.registry import Claim
from boss_bot_core.plugin.stages import FileFacts, PostProcessResult

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVELS: tuple[LogLevel, ...] = get_args(LogLevel)


@attrs.frozen(kw_only=True)
class LogLine:
    """A line that the engine, or Python's logging, wrote; untrusted text, without secrets of ours."""

    level: LogLevel
    message: str


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
class MatchFinished:
    """Last word of a match: what every platform said."""

    claims: tuple[Claim, ...]


@attrs.frozen(kw_only=True)
class JobBroke:
    """Last word of a job that failed, whether the worker could say so or died."""

    report: ErrorReport


LastWord = DownloadFinished | InspectFinished | PostProcessFinished | MatchFinished | JobBroke
Event = Progress | Described | LogLine | LastWord

"""The download stage: tries the candidate plugins in order, each in a confined worker, until one fetches the media."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import attrs
from loguru import logger

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.errors import DownloadFailedError, NothingFoundError, UnsupportedUrlError
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.candidate_runner import CandidateRunner
from boss_bot_core.plugin import DownloadResult
from boss_bot_core.routing import Router, name_failed_plugins, parse_link


def most_informative(errors: Sequence[DownloadFailedError]) -> DownloadFailedError:
    """Return the first error that is neither "unsupported" nor "nothing found"; else prefer "nothing found".

    Args:
        errors: The errors of all candidates that were tried, in order; at least one.
    """
    return min(errors, key=_rank_error)


def _rank_error(error: DownloadFailedError) -> int:
    if isinstance(error, UnsupportedUrlError):
        return 2
    return 1 if isinstance(error, NothingFoundError) else 0


@attrs.frozen(kw_only=True)
class DownloadOutput:
    """The output of the download stage.

    Attributes:
        plugin: The plugin that fetched the media.
        result: The plugin's result.
        downloaded_at: The time at which the plugin was done, UTC.
    """

    plugin: str
    result: DownloadResult
    downloaded_at: datetime = attrs.field(factory=utc_now)


class DownloadStage:
    """Tries the candidates of a link in their order."""

    def __init__(self, router: Router, candidate_runner: CandidateRunner) -> None:
        self._router = router
        self._candidate_runner = candidate_runner

    async def run(self, job: RunningJob, folder: Path) -> DownloadOutput:
        """Fetch the media into the plugin's own folder below `folder`.

        Raises:
            DownloadFailedError: All candidates failed; the most informative of their errors.
        """
        link = parse_link(job.item.url)
        route = await self._router.route(link)
        waiting = [route.best, *route.candidates[1:]]
        tried: set[str] = set()
        errors: list[DownloadFailedError] = []
        while waiting:
            candidate = waiting.pop(0)
            tried.add(candidate.plugin)
            try:
                result = await self._candidate_runner.run(job, candidate, folder)
                return DownloadOutput(plugin=candidate.plugin, result=result)
            except DownloadFailedError as error:
                logger.bind(action="candidate_failed", job_id=job.item.short_id, plugin=candidate.plugin).info(
                    "{}: {}", error.code, error.message
                )
                errors.append(error)
                if not error.try_next:
                    break
            if not waiting and not route.is_complete:
                route = await self._router.route(link, asks_all=True)
                waiting = [candidate for candidate in route.candidates if candidate.plugin not in tried]
        raise name_failed_plugins(most_informative(errors), route.failed_plugins)

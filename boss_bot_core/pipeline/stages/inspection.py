"""Runs the inspection hooks of all plugins over files: plugins with a service in workers of their own, before the rest.

A service such as a virus scanner may be reached by its own plugin's worker only: the worker in which decoders read an
untrusted file has no connection at all. The scanner comes first, so that no decoder reads a file that is known to be
dangerous.
"""

from collections.abc import Iterable, Sequence

from boss_bot_core.errors import EngineBrokenError, ErrorReport
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.plugin import FileFacts, FileToInspect
from boss_bot_core.plugin.declared_settings import list_services, pack_settings
from boss_bot_core.plugin.inspection import merge_facts
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker import InspectFinished, InspectJob, Inspector

InspectionOutcome = FileFacts | ErrorReport
"""The facts about a file, or the error with which it was rejected."""


def list_inspectors(plugins: PluginManager) -> tuple[Inspector, ...]:
    """Return the plugins that inspect files, in order of registration, with the operator's settings."""
    return tuple(
        Inspector(
            plugin=name,
            settings=None if plugin.settings is None else pack_settings(plugin.settings),
            services=list_services(plugin.settings),
        )
        for name, plugin in plugins.loaded.items()
        if "bossbot_inspect_file" in plugin.hooks
    )


def group_inspectors(inspectors: Iterable[Inspector]) -> tuple[tuple[Inspector, ...], ...]:
    """Return the inspectors by worker, in order: each one with services alone, then the others together."""
    inspectors = tuple(inspectors)
    alone = ((each,) for each in inspectors if each.services)
    together = tuple(each for each in inspectors if not each.services)
    return (*alone, *((together,) if together else ()))


class InspectionRunner:
    """Inspects files in workers; a file that one worker rejects is not given to the next one."""

    def __init__(self, hook_runner: HookRunner, inspectors: Iterable[Inspector]) -> None:
        self._hook_runner = hook_runner
        self._groups = group_inspectors(inspectors)

    async def run(self, job: RunningJob, files: Sequence[FileToInspect[None]]) -> tuple[InspectionOutcome, ...]:
        """Return the outcome of each file.

        Raises:
            DownloadFailedError: An inspection failed, or a service does not answer: no file may pass.
        """
        outcomes: list[InspectionOutcome] = [FileFacts() for _ in files]
        for group in self._groups:
            left = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, FileFacts)]
            found = await self._inspect(job, group, tuple(files[number] for number in left)) if left else ()
            for number, outcome in zip(left, found, strict=True):
                outcomes[number] = _merge_outcomes(outcomes[number], outcome)
        return tuple(outcomes)

    async def _inspect(
        self, job: RunningJob, group: tuple[Inspector, ...], files: tuple[FileToInspect[None], ...]
    ) -> tuple[InspectionOutcome, ...]:
        result = await self._hook_runner.run(job, InspectJob(files=files, inspectors=group))
        if not isinstance(result, InspectFinished):
            raise EngineBrokenError("The inspection ended without a result.")
        return result.outcomes


def _merge_outcomes(known: InspectionOutcome, found: InspectionOutcome) -> InspectionOutcome:
    if isinstance(known, FileFacts) and isinstance(found, FileFacts):
        return merge_facts((known, found))
    return found

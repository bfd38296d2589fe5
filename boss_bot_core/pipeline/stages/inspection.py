"""Runs the inspection hooks of all plugins over files: plugins with a service in workers of their own, before the rest.

A service such as a virus scanner may be reached by its own plugin's worker only: the worker in which decoders read an
untrusted file has no connection at all. The scanner comes first, so that no decoder reads a file that is known to be
dangerous.
"""

from collections.abc import Iterable, Sequence

import attrs

from boss_bot_core.errors import EngineBrokenError, ErrorReport
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.plugin import FileFacts, FileToInspect
from boss_bot_core.plugin.declared_settings import list_services, pack_settings
from boss_bot_core.plugin.inspection import merge_facts
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.worker import InspectFinished, InspectJob, Inspector, PostProcessJob

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

    @property
    def has_services(self) -> bool:
        """Whether a plugin inspects files with a service, such as a virus scanner."""
        return bool(self._groups and self._groups[0][0].services)

    async def run(
        self, job: RunningJob, files: Sequence[FileToInspect[None]], conversion: PostProcessJob | None = None
    ) -> InspectFinished:
        """Return the outcome of each file, and the plan of the accepted ones, if `conversion` is to be planned.

        Raises:
            DownloadFailedError: An inspection failed, or a service does not answer: no file may pass.
        """
        outcomes: list[InspectionOutcome] = [FileFacts() for _ in files]
        plan = None
        for group in self._groups:
            left = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, FileFacts)]
            if not left:
                break
            planned = None if group[0].services else conversion
            inspect_job = InspectJob(files=tuple(files[n] for n in left), inspectors=group, conversion=planned)
            found = await self._inspect(job, inspect_job)
            for number, outcome in zip(left, found.outcomes, strict=True):
                outcomes[number] = _merge_outcomes(outcomes[number], outcome)
            if found.plan is not None:
                kept = dict(zip(left, found.plan.kept, strict=True))
                plan = attrs.evolve(found.plan, kept=tuple(kept.get(number) for number in range(len(files))))
        return InspectFinished(outcomes=tuple(outcomes), plan=plan)

    async def _inspect(self, job: RunningJob, inspect_job: InspectJob) -> InspectFinished:
        result = await self._hook_runner.run(job, inspect_job)
        if not isinstance(result, InspectFinished):
            raise EngineBrokenError("The inspection ended without a result.")
        return result


def _merge_outcomes(known: InspectionOutcome, found: InspectionOutcome) -> InspectionOutcome:
    if isinstance(known, FileFacts) and isinstance(found, FileFacts):
        return merge_facts((known, found))
    return found

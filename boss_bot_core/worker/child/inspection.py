"""Runs the inspection hooks over files, and lets plugins plan the post-processing of those that are accepted.

A plan saves a worker: most files need no conversion. What is cut out of a file is decided by a plugin, so what is left
is inspected like the file, from memory, because this worker can write nothing.
"""

import os
from pathlib import Path

import attrs

from boss_bot_core.errors import ErrorReport, FileRejectedError, build_report
from boss_bot_core.plugin.declared_settings import PackedSettings, unpack_settings
from boss_bot_core.plugin.inspection import FileFacts, FileToInspect
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.post_process_plan import ByteRange, PostProcessPlan, copy_ranges
from boss_bot_core.worker.messages import InspectFinished, InspectJob

_Outcome = FileFacts | ErrorReport


def inspect_files(job: InspectJob, manager: PluginManager) -> InspectFinished:
    """Return the outcome of each file of a job, and the plan of the accepted ones.

    Raises:
        Exception: Any exception of an inspecting plugin, except a file's rejection, which is part of the result.
    """
    for each in job.inspectors:
        if each.settings is not None:
            configure(manager, each.plugin, each.settings)
    outcomes = tuple(_inspect_file(job, file, manager) for file in job.files)
    plan = _plan_files(job, outcomes, manager)
    if plan is None:
        return InspectFinished(outcomes=outcomes)
    left = tuple(
        outcome if ranges is None else _inspect_ranges(job, file, ranges, manager)
        for file, outcome, ranges in zip(job.files, outcomes, plan.kept, strict=True)
    )
    if any(isinstance(after, ErrorReport) and after != before for before, after in zip(outcomes, left, strict=True)):
        return InspectFinished(outcomes=outcomes)  # the plugin's whole hook has to make something else of it
    return InspectFinished(outcomes=left, plan=plan)


def configure(manager: PluginManager, plugin: str, settings: PackedSettings) -> None:
    """Give a plugin the operator's settings."""
    manager.configure(plugin, unpack_settings(settings, manager.get_settings(plugin)))


def _inspect_file(job: InspectJob, file: FileToInspect[None], manager: PluginManager) -> _Outcome:
    try:
        return manager.inspect_file(file, tuple(each.plugin for each in job.inspectors))
    except FileRejectedError as exc:
        return build_report(exc)


def _plan_files(job: InspectJob, outcomes: tuple[_Outcome, ...], manager: PluginManager) -> PostProcessPlan | None:
    accepted = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, FileFacts)]
    if job.conversion is None or not accepted:
        return None
    for name, packed in job.conversion.plugin_settings.items():
        configure(manager, name, packed)
    conversion = attrs.evolve(job.conversion, files=tuple(job.files[number].path for number in accepted))
    plan = manager.plan_post_process(conversion.to_request(lambda _: None))
    if plan is None:
        return None
    kept = dict(zip(accepted, plan.kept, strict=True))
    return attrs.evolve(plan, kept=tuple(kept.get(number) for number in range(len(outcomes))))


def _inspect_ranges(
    job: InspectJob, file: FileToInspect[None], ranges: tuple[ByteRange, ...], manager: PluginManager
) -> _Outcome:
    descriptor = os.memfd_create("kept")
    try:
        copy_ranges(file.path, ranges, descriptor)
        path, size_bytes = Path(f"/proc/self/fd/{descriptor}"), os.fstat(descriptor).st_size
        return _inspect_file(job, attrs.evolve(file, path=path, size_bytes=size_bytes), manager)
    finally:
        os.close(descriptor)

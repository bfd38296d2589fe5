"""The chain of post-processing hooks: each gets the files that the previous one returned."""

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from boss_bot_core.plugin.post_process import PostProcessRequest, PostProcessResult, ProcessedFile

PostProcessHook = Callable[[PostProcessRequest[Any]], PostProcessResult | None]


def chain_steps(request: PostProcessRequest[Any], steps: Iterable[PostProcessHook]) -> PostProcessResult:
    """Return the result of several steps in a row; each gets the files that the previous one returned.

    A step that says nothing of a file's thumbnail or description keeps those of the step before it.
    """
    result = PostProcessResult(files=tuple(ProcessedFile(path=path, source=path) for path in request.files))
    for take_step in steps:
        step = take_step(attrs.evolve(request, files=tuple(file.path for file in result.files)))
        if step is not None:
            # The sources of the step are the files of the steps before it.
            before = {file.path: file for file in result.files}
            result = PostProcessResult(
                files=tuple(_continue_file(file, before.get(file.source)) for file in step.files),
                notes=(*result.notes, *step.notes),
                skipped=(*result.skipped, *step.skipped),
            )
    return result


def _continue_file(file: ProcessedFile, before: ProcessedFile | None) -> ProcessedFile:
    if before is None:
        return file
    return attrs.evolve(
        file,
        source=before.source,
        thumbnail=file.thumbnail or before.thumbnail,
        description=file.description or before.description,
    )

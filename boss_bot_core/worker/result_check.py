"""Checks a worker's result in the bot, after the worker is dead: it must match the job, and its files must exist.

Landlock keeps a worker from reaching other files; this check also holds on a kernel without Landlock.
"""

import stat
from collections.abc import Sequence
from pathlib import Path

from boss_bot_core.errors import find_machine_error
from boss_bot_core.plugin.post_process_plan import PostProcessPlan
from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages import (
    DownloadFinished,
    DownloadJob,
    Event,
    HookFailed,
    InspectFinished,
    InspectJob,
    MatchFinished,
    MatchJob,
    PostProcessFinished,
    PostProcessJob,
    WorkerJob,
)

MAX_FILES = 2_000


def check_result(job: WorkerJob, result: Event) -> None:
    """Check a result, and every path in it, against its job; blocking.

    The worker checks its own result too, where the error can name the plugin.

    Raises:
        MessageError: A path leads out of the job's folder, to a link or to something that is no file, or the result
            belongs to another kind of job; the text is what the plugin returned, without a verb.
        DownloadFailedError: The machine does not let the bot look, see `find_machine_error`.
    """
    match (job, result):
        case (DownloadJob(directory=directory), DownloadFinished(result=download)):
            _check_paths([file.path for file in download.files], directory)
        case (PostProcessJob(files=sources, directory=directory), PostProcessFinished(result=processed)):
            if not {file.source for file in processed.files} <= set(sources):
                raise MessageError("a source that is no file of the request")
            made = [path for file in processed.files for path in (file.path, file.thumbnail) if path is not None]
            _check_paths([path for path in made if path not in sources], directory)
        case (InspectJob(files=files), InspectFinished(outcomes=outcomes)) if len(files) == len(outcomes):
            _check_plan([file.path for file in files], result.plan)
        case (MatchJob(), MatchFinished()) | (_, HookFailed()):
            pass
        case _:
            raise MessageError("the result of another job")


def _check_plan(paths: Sequence[Path], plan: PostProcessPlan | None) -> None:
    if plan is not None and len(plan.kept) != len(paths):
        raise MessageError("a plan for other files")
    for path, ranges in zip(paths, () if plan is None else plan.kept, strict=False):
        ends = [0, *(end for part in ranges or () for end in (part.start, part.stop))]
        # Each part begins where the one before it ended, or later.
        if ranges is not None and (not ranges or ends != sorted(ends) or ends[-1] > path.stat().st_size):
            raise MessageError("parts that are not in the file")


def _check_paths(paths: Sequence[Path], directory: Path) -> None:
    if len(paths) > MAX_FILES:
        raise MessageError(f"more than {MAX_FILES} files")
    for path in paths:
        _check_path(path, directory)


def _check_path(path: Path, directory: Path) -> None:
    if not path.is_absolute() or ".." in path.parts or not path.is_relative_to(directory) or path == directory:
        raise MessageError("a file outside request.directory")
    below = path.relative_to(directory)
    for part in (*list(below.parents)[-2::-1], below):
        _check_component(directory / part, is_last=part == below)


def _check_component(path: Path, *, is_last: bool) -> None:
    try:
        found = path.lstat()
    except OSError as exc:
        raise find_machine_error(exc) or MessageError("a file that does not exist") from exc
    # A hard link could be a file of another job or user.
    is_valid = stat.S_ISREG(found.st_mode) and found.st_nlink == 1 if is_last else stat.S_ISDIR(found.st_mode)
    if not is_valid:
        raise MessageError("a path that is no plain file, such as a link")

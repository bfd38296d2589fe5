"""Are a worker's files really files of its job's folder? Checked in the bot, after the worker is dead.

Landlock keeps a worker from reaching other files; this holds also where the kernel has none.
"""

import stat
from pathlib import Path

from boss_bot_core.worker.errors import MessageError
from boss_bot_core.worker.messages import DownloadFinished, DownloadJob, Event, Job, PostProcessFinished, PostProcessJob

FILES_LIMIT = 2_000


def check_paths(job: Job, event: Event) -> None:
    """Check every path of a last word against the job that it ends; blocking.

    Raises:
        MessageError: A path leads out of the job's folder, to a link or to something that is no file, or the last word
            belongs to another kind of job.
    """
    if isinstance(event, DownloadFinished) and isinstance(job, DownloadJob):
        paths, directory = [file.path for file in event.result.files], job.directory
    elif isinstance(event, PostProcessFinished) and isinstance(job, PostProcessJob):
        sources = frozenset(job.request.files)
        if any(file.source not in sources for file in event.result.files):
            raise MessageError("The worker named a file that it was not given.")
        paths, directory = [file.path for file in event.result.files], job.request.directory
        paths = [path for path in paths if path not in sources]
    else:
        return
    if len(paths) > FILES_LIMIT:
        raise MessageError(f"The worker brought more than {FILES_LIMIT} files.")
    for path in paths:
        _check(path, directory)


def _check(path: Path, directory: Path) -> None:
    if not path.is_absolute() or ".." in path.parts or not path.is_relative_to(directory) or path == directory:
        raise MessageError("The worker named a path outside its folder.")
    below = path.relative_to(directory)
    for part in (*list(below.parents)[-2::-1], below):
        _check_part(directory / part, is_last=part == below)


def _check_part(path: Path, *, is_last: bool) -> None:
    try:
        found = path.lstat()
    except OSError as exc:
        raise MessageError("The worker named a file that is not there.") from exc
    # A second name could be somebody else's file.
    right = stat.S_ISREG(found.st_mode) and found.st_nlink == 1 if is_last else stat.S_ISDIR(found.st_mode)
    if not right:
        raise MessageError("The worker named something that is not a plain file of its folder.")

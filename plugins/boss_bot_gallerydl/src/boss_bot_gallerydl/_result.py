"""Builds the result of a download run, or the one typed error that it ends with."""

from boss_bot_core.plugin import (
    DownloadFailedError,
    DownloadResult,
    EngineBrokenError,
    FetchedFile,
    FileTooLargeError,
    MediaInfo,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
    SkippedFile,
)
from boss_bot_gallerydl._download_run import DownloadRun
from boss_bot_gallerydl._error_tables import find_login_error
from boss_bot_gallerydl._filenames import get_file_kind


def build_result(run: DownloadRun, failure: Exception | None) -> DownloadResult:
    """Return the fetched files, with the missing ones as skipped files.

    A file with a final error is listed as skipped. A file with a retryable error causes another attempt, unless this
    attempt received no new data: then the files that were fetched are delivered.

    Args:
        run: The download run.
        failure: Exception that ended the run early, or None.

    Raises:
        DownloadFailedError: Nothing was fetched, or another attempt may fetch more.
    """
    files = run.files
    run_error = run.explain_failure(failure) if failure else None
    errors = [*([run_error] if run_error else []), *files.errors]
    retryable = next((error for error in errors if _is_worth_retrying(error)), None)
    if not files.fetched or (retryable and files.has_new_data):
        raise retryable or _select_error(errors, run, is_post_refused=run_error is not None)
    skipped = [skipped_file for entry in files.entries if (skipped_file := entry.to_skipped_file())]
    # A post of a thread can come twice.
    skipped += dict.fromkeys(run.profile.missing)
    if run_error:
        skipped.append(SkippedFile(name="The rest of the post", reason=run_error.message))
    if files.is_truncated:
        reason = f"Only the first {run.profile.max_files} files are fetched."
        skipped.append(SkippedFile(name="More files", reason=reason))
    return DownloadResult(
        files=tuple(_build_files(run)),
        media=run.media or MediaInfo(permalink=run.request.url),
        skipped=tuple(skipped),
    )


def _is_worth_retrying(error: DownloadFailedError) -> bool:
    # An engine that fails on one part of a post fails on it again.
    return error.retryable and not isinstance(error, EngineBrokenError)


def _build_files(run: DownloadRun) -> list[FetchedFile]:
    return [
        FetchedFile(
            path=entry.path,
            kind=get_file_kind(entry.path.suffix),
            name=entry.name,
            alt_text=entry.alt_text,
            is_resumed=entry.is_resumed,
        )
        for entry in run.files.fetched
        if entry.path
    ]


def _select_error(errors: list[DownloadFailedError], run: DownloadRun, *, is_post_refused: bool) -> DownloadFailedError:
    """Select the error for a run without files: one that stops other plugins from trying, or else the first one.

    An error about size counts only if all errors are about size. When a site shows a post and refuses its files,
    another plugin may know other addresses of them.
    """
    if not errors:
        return find_login_error(run.traffic) or NothingFoundError(f"{run.host} shows no picture, video or sound there.")
    if all(isinstance(error, FileTooLargeError) for error in errors):
        return errors[0]
    candidates = [error for error in errors if not isinstance(error, FileTooLargeError)]
    selected = next((error for error in candidates if not error.try_next), candidates[0])
    if not is_post_refused and not run.is_direct and isinstance(selected, NotFoundError | PermissionDeniedError):
        selected.try_next = True
    return selected

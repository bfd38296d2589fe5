"""How a download ends: a result, or one typed error."""

from boss_bot_core.plugin import (
    DownloadFailedError,
    DownloadResult,
    EngineBrokenError,
    FetchedFile,
    FileTooLargeError,
    MediaInfo,
    NothingFoundError,
    SkippedFile,
)
from boss_bot_gallerydl._errand import Errand
from boss_bot_gallerydl._kinds import kind_of


def outcome(errand: Errand, failure: Exception | None) -> DownloadResult:
    """Return what was fetched.

    A part that is missing for good is listed. One that may come later is worth another attempt, unless this attempt
    brought nothing new: then what is there is delivered rather than nothing.

    Args:
        errand: The download.
        failure: What ended it early.

    Raises:
        DownloadFailedError: Nothing was fetched, or something is worth another attempt.
    """
    ledger = errand.ledger
    ending = errand.explain(failure) if failure else None
    errors = [*([ending] if ending else []), *ledger.errors]
    later = next((error for error in errors if _may_come_later(error)), None)
    if not ledger.complete or (later and ledger.moved):
        raise later or _worst(errors, errand)
    skipped = [entry.skipped for entry in ledger.entries if entry.skipped]
    if ending:
        skipped.append(SkippedFile(name="The rest of the post", reason=ending.message))
    if ledger.overfull:
        reason = f"Only the first {errand.recipe.max_files} files are fetched."
        skipped.append(SkippedFile(name="More files", reason=reason))
    return DownloadResult(
        files=tuple(_files(errand)),
        media=errand.media or MediaInfo(permalink=errand.request.url),
        skipped=tuple(skipped),
    )


def _may_come_later(error: DownloadFailedError) -> bool:
    # An engine that breaks on one part of a post will break on it again.
    return error.retryable and not isinstance(error, EngineBrokenError)


def _files(errand: Errand) -> list[FetchedFile]:
    return [
        FetchedFile(path=entry.path, kind=kind_of(entry.path.suffix), name=entry.name, alt_text=entry.alt_text)
        for entry in errand.ledger.complete
        if entry.path
    ]


def _worst(errors: list[DownloadFailedError], errand: Errand) -> DownloadFailedError:
    """Choose what to say when nothing was fetched: the site's own ending, else what tells most."""
    if not errors:
        return NothingFoundError(f"{errand.host} shows no picture, video or sound there.")
    if all(isinstance(error, FileTooLargeError) for error in errors):
        return errors[0]
    telling = [error for error in errors if not isinstance(error, FileTooLargeError)]
    return next((error for error in telling if not error.try_next), telling[0])

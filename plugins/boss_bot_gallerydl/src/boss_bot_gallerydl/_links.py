"""gallery-dl's extractors by address, the links inside a post that are followed, and the results of their jobs."""

import functools
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from gallery_dl import extractor

from boss_bot_core.plugin import LazyPattern, NothingFoundError, UnsupportedUrlError
from boss_bot_gallerydl._filenames import get_link_name

if TYPE_CHECKING:
    from boss_bot_gallerydl._job import MediaJob

# gallery-dl compiles the pattern of every extractor of a module when it first looks into the module.
extractor.re_compile = LazyPattern

_MAX_DEPTH: Final = 3
_SPECIAL_CATEGORIES: Final = frozenset({"recursive", "generic", "oauth", "ytdl", "noop"})
"""gallery-dl's extractors that read local files, log in, or try any page: never used for a user's link."""


def find_extractor(url: str) -> Any | None:  # noqa: ANN401 - gallery-dl ships no types
    """Return gallery-dl's extractor for an http(s) address, or None; no I/O.

    gallery-dl also accepts prefixes that read local files or try any page (`recursive:`, `ytdl:`); they are refused.
    """
    if not _is_web_address(url):
        return None
    found = extractor.find(url)
    return None if found is None or found.category in _SPECIAL_CATEGORIES else found


@functools.cache
def _classes_by_category() -> dict[str, list[Any]]:
    by_category: dict[str, list[Any]] = {}
    for cls in extractor.extractors():
        by_category.setdefault(cls.category, []).append(cls)
    return by_category


def find_extractor_in(categories: Collection[str], url: str) -> Any | None:  # noqa: ANN401 - gallery-dl ships no types
    """Return the extractor for a web address from one of these categories, or else from any category.

    Asking all thousand extractors copies megabytes of the zygote's pages into the worker, because Python counts
    references in them.
    """
    if _is_web_address(url):
        for category in set(categories) - _SPECIAL_CATEGORIES:
            for cls in _classes_by_category().get(category, ()):
                if found := cls.from_url(url):
                    return found
    return find_extractor(url)


def _find_class_for_link(url: str, link: dict[str, Any]) -> Any | None:  # noqa: ANN401 - gallery-dl ships no types
    """Return the extractor class for a link: the class that its metadata names, or else the one that matches."""
    if not _is_web_address(url):
        return None
    if named := link.get("_extractor"):
        return named if named.from_url(url) else None
    found = find_extractor(url)
    return found and found.__class__


def _is_web_address(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https")


def accept_link(job: "MediaJob", url: str, link: dict[str, Any]) -> bool:
    """Return whether a link is followed.

    An accepted link's metadata gets its extractor class; for a refused link the list of files gets the reason.
    """
    run, cls = job.download_run, _find_class_for_link(url, link)
    reason = run.profile.get_skip_reason(cls.category if cls else "", url)
    if reason is None and job.depth >= _MAX_DEPTH:
        reason = "It is a link behind too many others."
    if reason is not None or cls is None:
        error = UnsupportedUrlError(reason or "It leads to a page that is not supported.")
        run.files.add_missing(get_link_name(url), error)
        return False
    link["_extractor"] = cls
    return True


def record_link_result(job: "MediaJob", child: "MediaJob", url: str, count_before: int) -> None:
    """Add a missing entry for a followed link whose job failed or found nothing.

    Args:
        job: The job whose post contains the link.
        child: The job that followed the link.
        url: Address of the link.
        count_before: Number of entries in the list of files before the link was followed.
    """
    run = job.download_run
    if child.failure is not None:
        run.files.add_missing(get_link_name(url), run.explain_failure(child.failure, url))
    elif len(run.files.entries) == count_before:
        run.files.add_missing(get_link_name(url), NothingFoundError("There is nothing behind the link."))

"""Links inside a post: which are followed, and what is written down about those that are not."""

import functools
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from gallery_dl import extractor

from boss_bot_core.plugin import NothingFoundError, UnsupportedUrlError
from boss_bot_gallerydl import _names
from boss_bot_gallerydl.recipe import SPECIAL_CATEGORIES

if TYPE_CHECKING:
    from boss_bot_gallerydl._job import MediaJob

_DEEPEST: Final = 3


def find(url: str) -> Any | None:  # noqa: ANN401 - gallery-dl ships no types
    """Return gallery-dl's extractor for a web address, or None.

    Its patterns also take prefixes that read local files or try anything (`recursive:`, `ytdl:`): never those.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    found = extractor.find(url)
    return None if found is None or found.category in SPECIAL_CATEGORIES else found


@functools.cache
def _classes() -> dict[str, list[Any]]:
    by_category: dict[str, list[Any]] = {}
    for cls in extractor.extractors():
        by_category.setdefault(cls.category, []).append(cls)
    return by_category


def find_in(categories: Collection[str], url: str) -> Any | None:  # noqa: ANN401 - likewise
    """Return the extractor for a web address if one of these categories has it, and otherwise whichever has it.

    Asking all thousand makes megabytes of the zygote's pages the worker's own, since Python counts references in them.
    """
    if urlsplit(url).scheme in ("http", "https"):
        for category in set(categories) - SPECIAL_CATEGORIES:
            for cls in _classes().get(category, ()):
                if found := cls.from_url(url):
                    return found
    return find(url)


def extractor_class(url: str, link: dict[str, Any]) -> Any | None:  # noqa: ANN401 - likewise
    """Return the class that gallery-dl should follow a link with: the one its finder named, or the one that fits."""
    if urlsplit(url).scheme not in ("http", "https"):
        return None
    if named := link.get("_extractor"):
        return named if named.from_url(url) else None
    found = find(url)
    return found and found.__class__


def may_follow(job: "MediaJob", url: str, link: dict[str, Any]) -> bool:
    """Tell whether a link is followed; the metadata then names its extractor. Otherwise the ledger says why not."""
    ledger, cls = job.errand.ledger, extractor_class(url, link)
    reason = job.errand.recipe.reason_not_to_follow(cls.category if cls else "", url)
    if reason is None and job.depth >= _DEEPEST:
        reason = "It is a link behind too many others."
    if reason is not None or cls is None:
        ledger.miss(_names.link_name(url), UnsupportedUrlError(reason or "It leads to a page that is not supported."))
        return False
    link["_extractor"] = cls
    return True


def write_down(job: "MediaJob", child: "MediaJob", url: str, before: int) -> None:
    """Write down what became of a followed link, if its job did not.

    Args:
        job: The job that has the link.
        child: The job that followed it.
        url: Where it led.
        before: How many entries the ledger had.
    """
    errand = job.errand
    if child.failure is not None:
        errand.ledger.miss(_names.link_name(url), errand.explain(child.failure, url))
    elif len(errand.ledger.entries) == before:
        errand.ledger.miss(_names.link_name(url), NothingFoundError("There is nothing behind the link."))

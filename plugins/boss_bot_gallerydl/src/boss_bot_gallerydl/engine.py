"""gallery-dl as a function: what platform plugins build on.

`fetch` does one download in a process of its own; `find_extractor` tells whether gallery-dl knows an address. Public,
together with `Recipe`, `Evidence` and `VideoFormat`; everything else of this package is private.
"""

from typing import Any

from gallery_dl import downloader

from boss_bot_core.plugin import DownloadRequest, DownloadResult, UnsupportedUrlError
from boss_bot_gallerydl import _links
from boss_bot_gallerydl._errand import Errand
from boss_bot_gallerydl._job import MediaJob
from boss_bot_gallerydl._notes import taking_notes
from boss_bot_gallerydl._options import configure, trust_bundle
from boss_bot_gallerydl._outcome import outcome
from boss_bot_gallerydl._streams import stream_options
from boss_bot_gallerydl._wire import default_context
from boss_bot_gallerydl.evidence import Answer, Evidence
from boss_bot_gallerydl.recipe import SPECIAL_CATEGORIES, Metadata, Options, Recipe
from boss_bot_gallerydl.video_format import VideoFormat

__all__ = [
    "ENGINE",
    "SPECIAL_CATEGORIES",
    "Answer",
    "Evidence",
    "Metadata",
    "Options",
    "Recipe",
    "VideoFormat",
    "fetch",
    "find_extractor",
    "warm_up",
]

_NOWHERE = "https://nothing.invalid/"

ENGINE = "gallery-dl"
"""The engine's name in a plugin's matches."""


def warm_up() -> None:
    """Import all extractors and read the certificate store, so that forked workers find both ready."""
    _links.find_in({""}, _NOWHERE)
    downloader.find("https")
    default_context()


def find_extractor(url: str) -> Any | None:  # noqa: ANN401 - gallery-dl ships no types
    """Return gallery-dl's extractor for an http(s) address, or None; no I/O."""
    return _links.find(url)


def fetch(request: DownloadRequest, recipe: Recipe) -> DownloadResult:
    """Fetch what is behind a request's address.

    To be called once in a process: gallery-dl's configuration is global. A second call in the same directory, in a new
    process, continues what the first left.

    Args:
        request: What to fetch.
        recipe: How its site is dealt with.

    Raises:
        DownloadFailedError: Every failure, as the type that says what can be done about it.
    """
    categories = recipe.categories or {request.media_key.partition(":")[0]}
    found = _links.find_in(categories, request.url)
    if found is None or (recipe.categories is not None and found.category not in recipe.categories):
        raise UnsupportedUrlError("gallery-dl cannot read this link.")
    bundle = trust_bundle(request)
    try:
        configure(request, stream_options(recipe, bundle), recipe.options())
        # Looked up again, because extractors read the configuration when they are made.
        job = MediaJob(found.from_url(request.url), errand=(errand := Errand(request=request, recipe=recipe)))
        with taking_notes(errand.evidence):
            job.run()
        return outcome(errand, job.failure)
    finally:
        if bundle is not None:
            bundle.unlink(missing_ok=True)

"""One download as all jobs of it share it: a gallery-dl job has child jobs, one for each link that it follows."""

from typing import Any
from urllib.parse import urlsplit

import attrs

from boss_bot_core.plugin import Described, DownloadFailedError, DownloadRequest, MediaInfo
from boss_bot_gallerydl._failure import translate
from boss_bot_gallerydl._ledger import Ledger
from boss_bot_gallerydl._notes import read_notes
from boss_bot_gallerydl.evidence import Evidence
from boss_bot_gallerydl.recipe import Recipe


@attrs.define(kw_only=True)
class Errand:
    """What is wanted, and what is known so far.

    Attributes:
        request: What is wanted.
        recipe: How its site is dealt with.
        evidence: What was seen on the wire.
        ledger: The files.
        media: What the post is, once told.
    """

    request: DownloadRequest
    recipe: Recipe
    evidence: Evidence = attrs.field(factory=Evidence)
    ledger: Ledger = attrs.field(factory=Ledger)
    media: MediaInfo | None = None

    @property
    def host(self) -> str:
        """The host of the request's address."""
        return urlsplit(self.request.url).hostname or "the site"

    def explain(self, failure: Exception | None, url: str | None = None) -> DownloadFailedError:
        """Return the typed error for what just happened.

        Args:
            failure: What the engine raised, if it did.
            url: The address at hand, when it is not the request's own.
        """
        if isinstance(failure, DownloadFailedError):
            return failure
        host = (url and urlsplit(url.removeprefix("ytdl:")).hostname) or self.host
        read_notes(self.evidence, host)
        return self.recipe.explain(failure, self.evidence) or translate(failure, self.evidence, host)

    def met(self, post: dict[str, Any]) -> None:
        """Take note of a post, and tell what it is if it is the one asked for.

        Raises:
            DownloadFailedError: The recipe sees no point in going on.
        """
        self.recipe.on_post(post)
        described = self.recipe.describe(post)
        # One adult post among several makes the whole delivery adult.
        adult = described.adult or (self.media is not None and self.media.adult)
        known = described if self.media is None or self.recipe.is_asked_for(post) else self.media
        known = attrs.evolve(known, adult=adult)
        if known != self.media:
            self.media = known
            self.request.report(Described(media=known))

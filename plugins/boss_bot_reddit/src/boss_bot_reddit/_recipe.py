"""How the engine fetches a post of Reddit."""

from urllib.parse import urlsplit

from boss_bot_core.plugin import DownloadFailedError, MediaInfo
from boss_bot_gallerydl.engine import Evidence, Metadata, Options, Recipe
from boss_bot_reddit import _metadata, _refusals


class PostRecipe(Recipe):
    """The recipe for one post."""

    categories = frozenset({"reddit"})
    fallbacks_are_smaller = True
    stream_extractors = ("generic", "reddit.*")

    def options(self) -> Options:
        """Leave out the previews: gallery-dl would take the picture of a dead link for its media."""
        return {("extractor", "reddit", "previews"): False, ("extractor", "reddit", "videos"): "dash"}

    def on_post(self, post: Metadata) -> None:
        """Stop at a post that was taken down, even if its files still lie about.

        Raises:
            NotFoundError: It was.
        """
        if category := post.get("removed_by_category"):
            raise _refusals.removed(str(category))

    def on_file(self, url: str, file: Metadata) -> None:
        """Name a picture's smaller versions, or tell a video's length."""
        self.video_format.duration_s = _metadata.duration_s(file)
        if urlsplit(url).hostname == "i.redd.it":
            file["_fallback"] = _metadata.smaller_versions(url, file)

    def describe(self, post: Metadata) -> MediaInfo:
        """Return what the post is."""
        return _metadata.describe(post, self.request.url)

    def alt_text(self, file: Metadata) -> str | None:
        """Return a gallery picture's caption."""
        return _metadata.caption(file)

    def reason_not_to_follow(self, category: str, url: str) -> str | None:
        """Follow links to whatever gallery-dl knows as media."""
        return None if category else f"The post only links to {urlsplit(url).hostname}, where gallery-dl sees no media."

    def explain(self, failure: Exception | None, evidence: Evidence) -> DownloadFailedError | None:
        """Read Reddit's own words when it refused a post."""
        return _refusals.explain(failure, evidence) if failure else None

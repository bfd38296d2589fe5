"""What gallery-dl has to know about Imgur, and what the bot shows of an album."""

import attrs

from boss_bot_core.plugin import MediaInfo
from boss_bot_gallerydl.engine import Metadata, Options, SiteProfile


class ImgurProfile(SiteProfile):
    """The profile for one post."""

    categories = frozenset({"imgur"})

    def build_options(self) -> Options:
        """Fetch an animation as it was uploaded, not as a video."""
        return {("extractor", "imgur", "mp4"): False}

    def describe_post(self, post: Metadata) -> MediaInfo:
        """Return an album's own title; gallery-dl gives each picture the metadata of its album."""
        return attrs.evolve(super().describe_post(post), title=post.get("album", post).get("title") or None)

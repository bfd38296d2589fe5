"""The operator's settings of the plugin; the bot imports this module, which imports no decoder."""

import attrs


@attrs.frozen(kw_only=True)
class MediaSettings:
    """The settings of the plugin, `[plugins.media]` in config.toml."""

    kinds: tuple[str, ...] = ("video", "audio", "image")
    """Kinds of files that are converted; files of other kinds stay as they are."""
    keep_tags: bool = True
    """Whether a converted file keeps its title, artist and cover; a recorded location is removed in any case."""

    def __attrs_post_init__(self) -> None:
        """Check the kinds.

        Raises:
            ValueError: There is no such kind of files.
        """
        if unknown := set(self.kinds) - {"video", "audio", "image"}:
            raise ValueError(f"kinds: expected video, audio or image, got {', '.join(sorted(unknown))}")

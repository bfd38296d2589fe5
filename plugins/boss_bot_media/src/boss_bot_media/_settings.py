"""The operator's settings of the plugin; the bot imports this module, which imports no decoder."""

import attrs


@attrs.frozen(kw_only=True)
class MediaSettings:
    """The settings of the plugin, `[plugins.media]` in config.toml."""

    kinds: tuple[str, ...] = ("video", "audio", "image")
    """Kinds of files that are converted; files of other kinds stay as they are."""
    keep_tags: bool = True
    """Whether a converted file keeps its title, artist and cover; a recorded location is removed in any case."""

    strip_image_metadata: bool = True
    """Whether pictures lose their metadata, such as the place where a photo was taken; pixels stay as they are."""
    lowest_image_similarity: float = 0.9
    """Least similarity (SSIM, 0 to 1) of a picture that is made to fit; below it the picture gets fewer pixels."""

    def __attrs_post_init__(self) -> None:
        """Check the values.

        Raises:
            ValueError: There is no such kind of files, or a number is out of its range.
        """
        if unknown := set(self.kinds) - {"video", "audio", "image"}:
            raise ValueError(f"kinds: expected video, audio or image, got {', '.join(sorted(unknown))}")
        if not 0 <= self.lowest_image_similarity <= 1:
            raise ValueError(f"lowest_image_similarity: expected 0 to 1, got {self.lowest_image_similarity}")

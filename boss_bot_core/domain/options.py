"""What a person may ask of a download beyond its link."""

from typing import Literal

import attrs

Quality = Literal["best", "1080", "720", "480", "360"]
"""Tallest picture wanted, in lines; `best` is whatever the source has that fits the size limit."""


@attrs.frozen(kw_only=True)
class DownloadOptions:
    """Wishes of the requester, handed to the plugin as they are.

    Attributes:
        quality: Tallest video wanted.
        audio_only: Only the sound, where the source can give it.
        whole_thread: Also the same author's other posts of the thread.
        spoiler: Deliver behind a spoiler veil.
    """

    quality: Quality = "best"
    audio_only: bool = False
    whole_thread: bool = False
    spoiler: bool = False

    @property
    def content_key(self) -> str:
        """The wishes that change which bytes are fetched, as one text: same media key and same text, same files."""
        return f"{self.quality}:{'audio' if self.audio_only else 'all'}:{'thread' if self.whole_thread else 'post'}"

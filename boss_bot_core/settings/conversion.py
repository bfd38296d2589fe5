"""The settings of conversions: what plugins may use to make files fit and play, and how large the results may be."""

from collections.abc import Mapping

import attrs

from boss_bot_core.domain.sizes import MAX_SIZES_BYTES, MEGABYTE, MediaKind
from boss_bot_core.settings.parsers import Count, Megabytes, Seconds, Size
from boss_bot_core.settings.ranges import Niceness


@attrs.frozen(kw_only=True)
class ConversionSettings:
    """Resources of a conversion, and the size of its results."""

    conversion_wall_clock_s: Seconds = 900.0
    """Longest time that the conversion of one download's files may take."""
    conversion_stall_s: Seconds = 120.0
    """Longest time without a sign of progress during a conversion."""
    conversion_memory_bytes: Size = 1024 * MEGABYTE
    """Memory that one conversion's processes may use together."""
    conversion_threads: Count = 2
    """Threads of one conversion; as many conversions run at the same time as the cores of the machine allow."""
    conversion_niceness: Niceness = 10
    """How far conversions give way to everything else on the machine, from 0 (not at all) to 19."""
    max_image_mb: Megabytes = MAX_SIZES_BYTES["image"] // MEGABYTE
    """Largest converted image, in units of 1,048,576 bytes; the place's limit holds too."""
    max_video_mb: Megabytes = MAX_SIZES_BYTES["video"] // MEGABYTE
    """Largest converted video, in the same units."""
    max_audio_mb: Megabytes = MAX_SIZES_BYTES["audio"] // MEGABYTE
    """Largest converted sound, in the same units."""

    @property
    def limits_by_kind(self) -> Mapping[MediaKind, int]:
        """The largest converted file of each kind, in bytes."""
        return {
            "image": self.max_image_mb * MEGABYTE,
            "video": self.max_video_mb * MEGABYTE,
            "audio": self.max_audio_mb * MEGABYTE,
        }

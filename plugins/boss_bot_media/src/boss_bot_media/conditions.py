"""Everything beside the file itself that its plan depends on: the limit, the settings, the machine, the samples."""

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from boss_bot_core.plugin import FitChoice, PostProcessRequest
from boss_bot_media._settings import MediaSettings


@attrs.frozen(kw_only=True)
class Capabilities:
    """What the machine's ffmpeg can do.

    Attributes:
        encoders: Names of its encoders.
        filters: Names of its filters.
    """

    encoders: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()

    @property
    def can_encode_video(self) -> bool:
        """Whether it can make the video that plays everywhere."""
        return {"libx264", "aac"} <= self.encoders


@attrs.frozen(kw_only=True)
class Samples:
    """What the encoding of short samples of a file has shown.

    Attributes:
        width: Width of the encoded samples in pixels.
        height: Their height in pixels.
        fps: Their frames per second.
        crf: Their constant quality.
        rate_bps: Their bits per second.
        cpu_share: Seconds of CPU for each second of the file.
    """

    width: int
    height: int
    fps: float
    crf: float
    rate_bps: float
    cpu_share: float


@attrs.frozen(kw_only=True)
class Conditions:
    """What a plan depends on.

    Attributes:
        limit_bytes: The destination's limit for one file.
        limits_by_kind: The operator's limits for converted files, of the kinds `video` and `audio`.
        settings: The operator's settings.
        tools: What the machine's ffmpeg can do; nothing without one.
        fit: What a person has chosen, or None.
        audio_only: Whether the requester wants the sound alone.
        samples: What samples have shown; None before any were encoded.
        copy_fault: Why the source's streams cannot be copied, as a copy has shown.
    """

    limit_bytes: int
    limits_by_kind: Mapping[str, int] = MappingProxyType({})
    settings: MediaSettings = attrs.field(factory=MediaSettings)
    tools: Capabilities = attrs.field(factory=Capabilities)
    fit: FitChoice | None = None
    audio_only: bool = False
    samples: Samples | None = None
    copy_fault: str | None = None

    def limit_for(self, kind: str) -> int:
        """Return the largest size of a converted file in bytes; an unchanged one is bounded by `limit_bytes` alone."""
        return min(self.limit_bytes, self.limits_by_kind.get(kind, self.limit_bytes))


def build_conditions(request: PostProcessRequest[MediaSettings]) -> Conditions:
    """Return the conditions of a request's files, as far as they are known before a tool was asked."""
    return Conditions(
        limit_bytes=request.max_file_size_bytes,
        limits_by_kind={"video": request.limit_for("video"), "audio": request.limit_for("audio")},
        settings=request.settings,
        fit=request.options.fit,
        audio_only=request.options.audio_only,
    )

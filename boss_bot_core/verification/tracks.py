"""One stream of a file while it is read: how far it goes, and whether frames come out of it."""

from typing import TYPE_CHECKING

import attrs
import av
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame

from boss_bot_core.verification.images import MAX_PIXELS

if TYPE_CHECKING:
    from av.packet import Packet

_FIRST_FRAMES = 5
_FIRST_PACKETS = 300


@attrs.define(kw_only=True)
class Track:
    """A stream that is watched while its packets pass.

    Attributes:
        stream: The stream.
        packets: How many passed.
        frames: How many frames came out of those that were decoded.
        start_s: Where it begins; None before the first packet.
        end_s: Where it ends so far.
        rotation: Whether its pictures are shown on their side.
        decoded_s: Time of the last frame that was decoded.
    """

    stream: Stream
    packets: int = 0
    frames: int = 0
    start_s: float | None = None
    end_s: float = 0.0
    rotation: bool = False
    decoded_s: float = 0.0

    def record_packet(self, packet: "Packet[Stream]") -> None:
        """Note how far a packet goes, and decode it if it is among the first."""
        self.packets += 1
        if packet.pts is not None and packet.time_base is not None:
            begin = float(packet.pts * packet.time_base)
            self.start_s = begin if self.start_s is None else min(begin, self.start_s)
            self.end_s = max(self.end_s, begin + float((packet.duration or 0) * packet.time_base))
        if self.frames < _FIRST_FRAMES and self.packets <= _FIRST_PACKETS:
            self.frames += self.decode(packet)

    def decode(self, packet: "Packet[Stream]") -> int:
        """Return how many frames come out of a packet; a damaged one has none, and the next may be fine."""
        try:
            frames = packet.decode()
        except av.FFmpegError:
            return 0
        for frame in frames:
            if isinstance(frame, VideoFrame | AudioFrame):
                self.decoded_s = frame.time or self.decoded_s
            if isinstance(frame, VideoFrame) and frame.rotation % 180:
                self.rotation = True
        return len(frames)


def select_tracks(container: InputContainer) -> list[Track]:
    """Return the tracks that are played: the first video, if there is one, and then the first sound."""
    # A cover picture is a video stream too, of one frame.
    moving = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    streams = (*moving[:1], *container.streams.audio[:1])
    for stream in streams:
        # Again, because the container's options end with the opening; and one frame at a time is enough memory.
        stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
        stream.codec_context.thread_count = 1
    return [Track(stream=stream) for stream in streams]

"""The track of a video or audio file that is being read: its duration and its decoded frames."""

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
    """A stream and the measurements from its packets.

    Attributes:
        stream: The stream.
        packets: The number of packets.
        frames: The number of frames from the decoded packets.
        start_s: The start of the track in seconds; None before the first packet.
        end_s: The end of the track so far, in seconds.
        rotation: Whether the video is rotated by 90 or 270 degrees.
        decoded_s: The start of the last decoded video frame, or the end of the last decoded audio frame, in seconds.
    """

    stream: Stream
    packets: int = 0
    frames: int = 0
    start_s: float | None = None
    end_s: float = 0.0
    rotation: bool = False
    decoded_s: float = 0.0

    def record_packet(self, packet: "Packet[Stream]") -> None:
        """Record the time span of a packet, and decode the packet if it is one of the first."""
        self.packets += 1
        if packet.pts is not None and packet.time_base is not None:
            begin = float(packet.pts * packet.time_base)
            self.start_s = begin if self.start_s is None else min(begin, self.start_s)
            self.end_s = max(self.end_s, begin + float((packet.duration or 0) * packet.time_base))
        if self.frames < _FIRST_FRAMES and self.packets <= _FIRST_PACKETS:
            self.frames += self.decode(packet)

    def decode(self, packet: "Packet[Stream]") -> int:
        """Decode a packet and return its number of frames; a damaged packet has none, and the next may be intact."""
        try:
            frames = packet.decode()
        except av.FFmpegError:
            return 0
        for frame in frames:
            if isinstance(frame, VideoFrame | AudioFrame):
                length_s = frame.samples / frame.sample_rate if isinstance(frame, AudioFrame) else 0.0
                self.decoded_s = length_s + (self.decoded_s if frame.time is None else frame.time)
            if isinstance(frame, VideoFrame) and frame.rotation % 180:
                self.rotation = True
        return len(frames)


def select_tracks(container: InputContainer) -> list[Track]:
    """Return the tracks that a player uses: the first video track and the first audio track, if they exist."""
    # A cover image is also a video stream, with one frame.
    moving = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    streams = (*moving[:1], *container.streams.audio[:1])
    for stream in streams:
        # Set again, because the container's options apply to its opening only. One thread limits the memory use.
        stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
        stream.codec_context.thread_count = 1
    return [Track(stream=stream) for stream in streams]

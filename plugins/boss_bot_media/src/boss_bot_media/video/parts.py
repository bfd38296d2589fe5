"""The cutting of a video into parts: its packets are copied into one container for each part."""

import math
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.stream import Stream

from boss_bot_media.conversion import Conversion
from boss_bot_media.plan import Parts, Transcode
from boss_bot_media.probe.packets import read_packets
from boss_bot_media.probe.source import find_picture_stream, open_source
from boss_bot_media.video.cuts import choose_cuts, find_part
from boss_bot_media.video.pass_runner import encode_whole

if TYPE_CHECKING:
    from av.container import OutputContainer


def cut_parts(conversion: Conversion, plan: Parts) -> list[Path] | None:
    """Write the parts and return them in order; None if a piece between two key frames does not fit.

    Raises:
        FfmpegError: The picture cannot be encoded.
        av.FFmpegError: A stream does not fit the container.
    """
    source = conversion.source
    if plan.picture is not None:
        source = conversion.directory / "whole.mp4"
        encode_whole(conversion, Transcode(reason=plan.reason, picture=plan.picture, sound=plan.sound), source)
    with open_source(source) as container:
        cuts = choose_cuts(list(read_packets(container)), conversion.conditions.limit_for("video"))
    if cuts is None:
        return None
    outputs = [conversion.name_output(plan.suffix, number) for number in range(1, len(cuts) + 1)]
    _copy_into_parts(source, cuts, outputs)
    if source != conversion.source:
        source.unlink()
    return outputs


def _copy_into_parts(source: Path, cuts: list[float], outputs: list[Path]) -> None:
    with ExitStack() as stack:
        reader = stack.enter_context(open_source(source))
        picture = find_picture_stream(reader)
        streams: list[Stream] = [*((picture,) if picture is not None else ()), *reader.streams.audio[:1]]
        parts = [_Part(stack, output, streams) for output in outputs]
        current = 0
        for packet in reader.demux(streams):
            if packet.dts is None or packet.pts is None or not packet.size:
                continue
            start_s = float(packet.pts * packet.time_base)
            is_picture = packet.stream is picture
            if is_picture and packet.is_keyframe:
                current = find_part(cuts, start_s)
            number = current if is_picture else find_part(cuts, start_s)
            offset_s = 0.0 if math.isinf(cuts[number]) else cuts[number]
            offset = round(offset_s / packet.time_base)
            packet.pts, packet.dts = packet.pts - offset, packet.dts - offset
            parts[number].write(packet)


class _Part:
    """The container of one part."""

    def __init__(self, stack: ExitStack, output: Path, streams: list[Stream]) -> None:
        options = {"movflags": "+faststart"} if output.suffix == ".mp4" else {}
        self._writer: OutputContainer = stack.enter_context(av.open(str(output), "w", options=options))
        self._copies = {stream.index: self._writer.add_stream_from_template(stream) for stream in streams}

    def write(self, packet: "av.Packet[Stream]") -> None:
        """Add a packet of the source, whose times begin with the part."""
        packet.stream = self._copies[packet.stream.index]
        self._writer.mux(packet)

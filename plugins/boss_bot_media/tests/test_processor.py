"""The hook with real files: what stays byte-identical, and what is only put into another order."""

from pathlib import Path

import av
from PIL import Image

from boss_bot_core.plugin import ConversionProgress, PostProcessRequest, PostProcessResult, ProcessedFile
from boss_bot_media._settings import MediaSettings
from boss_bot_media.plugin import bossbot_post_process
from boss_bot_media.probe.iso_boxes import read_iso_layout


def make_clip(path: Path, *, index_first: bool, tags: dict[str, str] | None = None) -> Path:
    options = {"movflags": "+faststart"} if index_first else {}
    with av.open(str(path), "w", options=options) as container:
        container.metadata.update(tags or {})
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for shade in range(20):
            frame = av.VideoFrame(64, 48, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([shade * 10]) * plane.buffer_size)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def process(path: Path, directory: Path) -> tuple[Path, tuple[str, ...]]:
    directory.mkdir()
    told: list[ConversionProgress] = []
    request = PostProcessRequest(
        files=(path,), directory=directory, max_file_size_bytes=1_000_000, settings=MediaSettings(), report=told.append
    )
    result = bossbot_post_process(request)
    assert result is not None
    (file,) = result.files
    assert file.source == path
    assert file.thumbnail is not None
    assert file.thumbnail.read_bytes().startswith(b"\xff\xd8\xff")
    return file.path, result.notes


def test_a_file_that_fits_and_plays_stays_as_it_is(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", index_first=True)
    assert process(clip, tmp_path / "out") == (clip, ())


def test_a_document_is_no_video_although_ffmpeg_finds_its_pictures(ffmpeg: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.pdf"
    Image.new("RGB", (64, 48), "teal").save(book)
    told: list[ConversionProgress] = []
    request = PostProcessRequest(
        files=(book,),
        directory=tmp_path,
        max_file_size_bytes=1_000_000,
        settings=MediaSettings(),
        ffmpeg=ffmpeg,
        report=told.append,
    )
    assert bossbot_post_process(request) == PostProcessResult(files=(ProcessedFile(path=book, source=book),))


def test_an_index_at_the_end_is_put_in_front(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", index_first=False)
    result, notes = process(clip, tmp_path / "out")
    assert result != clip
    assert read_iso_layout(result).index_first
    assert len(notes) == 1


def test_a_recorded_location_is_removed(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", index_first=True, tags={"location": "+52.5+013.4/", "title": "A walk"})
    result, _ = process(clip, tmp_path / "out")
    assert b"loci" in clip.read_bytes()
    assert b"loci" not in result.read_bytes()
    with av.open(str(result)) as container:
        assert container.metadata["title"] == "A walk"

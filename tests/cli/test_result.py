"""The text of a result."""

from boss_bot_core.cli.get.result import GetResult, ResultFile


def test_every_file_is_shown_with_its_size() -> None:
    sizes = {"a.jpg": 900, "b.jpg": 1_048_575, "c.mp4": 3 * 1_048_576}
    files = tuple(
        ResultFile(path=f"/out/{name}", size_bytes=size, mime_type="image/jpeg", sha256="")
        for name, size in sizes.items()
    )
    lines = GetResult(url="https://a.b/c", status="completed", files=files).as_text().splitlines()
    assert [line.split()[:3] for line in lines[1:]] == [
        ["/out/a.jpg", "900", "B"],
        ["/out/b.jpg", "1.0", "MB"],
        ["/out/c.mp4", "3.0", "MB"],
    ]

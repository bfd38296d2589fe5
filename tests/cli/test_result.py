"""The text of a result."""

from boss_bot_core.cli.get.result import GetResult, ResultError
from boss_bot_core.cli.get.result_file import ResultFile
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.media import SkippedFile


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


def test_control_characters_of_a_site_do_not_reach_the_terminal() -> None:
    hostile = "a\x1b]0;title\x07\u202egpj"
    skipped = (SkippedFile(name=hostile, reason="Why."),)
    files = (ResultFile(path="/out/a.jpg", size_bytes=1, mime_type="image/jpeg", sha256=""),)
    text = GetResult(url="https://a.b/c", status="completed", files=files, skipped=skipped).as_text()
    assert text.splitlines()[-1] == "  missing: a?]0;title??gpj: Why."
    failed = GetResult(
        url="https://a.b/c", status="failed", error=ResultError(code=ErrorType.NOT_FOUND, message=hostile)
    )
    assert failed.as_text() == "https://a.b/c\n  not_found: a?]0;title??gpj"

"""The test plugin: its download runs the operation in the link's path, with the query as arguments.

A fixture copies the folder to where the zygote finds it. The operation's result is returned as the media's text.
"""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import attrs

from boss_bot_core.plugin import (
    ByteRange,
    ChoiceNeededError,
    ConversionProgress,
    DownloadRequest,
    DownloadResult,
    FetchedFile,
    FileFacts,
    FileRejectedError,
    FileToInspect,
    Link,
    MediaInfo,
    Platform,
    PostProcessPlan,
    PostProcessRequest,
    PostProcessResult,
    ProcessedFile,
    Secret,
    Specificity,
    UrlMatch,
    hookimpl,
)

from . import attacks, mistakes, operations

Operation = Callable[..., str | DownloadResult]


@attrs.frozen(kw_only=True)
class TrialSettings:
    """Settings of the trial."""

    api_key: Secret | None = None
    """Key of the site's API."""
    pages: int = 3
    """Number of pages."""


@hookimpl
def bossbot_settings() -> type[TrialSettings]:
    return TrialSettings


@hookimpl
def bossbot_platform() -> Platform:
    return Platform(name="trial", title="Trial", description="Tests")


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    if link.path.startswith("/hang"):
        time.sleep(60)
    if link.path == "/crash":
        os.abort()
    if not link.on_host("trial.example"):
        return None
    key = f"trial:{link.path}"
    return UrlMatch(media_key=key, url=link.url, specificity=Specificity.PLATFORM, engine="trial", reason="host")


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    parts = urlsplit(request.url)
    name = parts.path.strip("/")
    arguments = dict(parse_qsl(parts.query))
    if mistake := getattr(mistakes, name, None):
        return mistake(request, **arguments)  # type: ignore[no-any-return]  # a mistake returns anything
    operation: Operation = getattr(operations, name, None) or getattr(attacks, name)
    try:
        text = operation(request, **arguments)
    except OSError as exc:
        text = f"refused: {exc!r}"
    if isinstance(text, DownloadResult):
        return text
    path = request.directory / "file.bin"
    path.write_bytes(b"x" * 1000)
    return DownloadResult(files=(FetchedFile(path=path),), media=MediaInfo(text=text))


@hookimpl
def bossbot_inspect_file(file: FileToInspect) -> FileFacts | None:
    start = file.path.read_bytes()[:5]
    if start == b"virus":
        raise FileRejectedError("It is dangerous.")
    if start == b"crash":
        os.abort()
    if start == b"wrong":
        return "image/png"  # type: ignore[return-value]  # the mistake
    if start == b"dial ":
        try:
            operations.dial(file.path.read_text()[5:])
        except OSError as exc:
            raise FileRejectedError(f"refused: {exc!r}") from exc
    if start == b"break":
        raise TypeError("in the inspection")
    if start == b"sleep":
        time.sleep(1.5)
    return FileFacts(mime_type="application/x-trial")


@hookimpl
def bossbot_plan_post_process(request: PostProcessRequest) -> PostProcessPlan | None:
    """Plan to cut out the third to the fifth byte of files that are named so."""
    if not all(source.name.startswith("cut") for source in request.files):
        return None
    ranges = (ByteRange(start=0, stop=2), ByteRange(start=5, stop=request.files[0].stat().st_size))
    return PostProcessPlan(kept=(ranges,) * len(request.files), notes=("cut",))


@hookimpl
def bossbot_post_process(request: PostProcessRequest) -> PostProcessResult:
    made = []
    for source in request.files:
        if source.name == "long.bin":
            time.sleep(2)
        if source.name == "reported.bin":
            for tenth in range(11):
                request.report(
                    ConversionProgress(filename=source.name, fraction=tenth / 10, file_index=1, file_count=1)
                )
                time.sleep(0.2)
        if source.name == "encoded.bin" and request.ffmpeg is not None:
            _encode_endlessly(request)
        if source.name == "undecided.bin" and request.options.fit is None:
            raise ChoiceNeededError("It is too long.", choices=("parts", "sound"))
        if source.name == "wrong.bin":
            return list(request.files)  # type: ignore[return-value]  # the mistake
        if source.name == "break.bin":
            raise AttributeError("in the post-processing")
        if source.name == "outside.bin":
            return PostProcessResult(files=(ProcessedFile(path=Path("/etc/passwd"), source=source),))
        path = request.directory / f"small-{source.name}"
        path.write_bytes(source.read_bytes()[:10])
        made.append(ProcessedFile(path=path, source=source))
    return PostProcessResult(files=tuple(made), notes=("made smaller",))


def _encode_endlessly(request: PostProcessRequest) -> None:
    """Report the pid of an ffmpeg that works until it is killed."""
    picture = "testsrc=size=320x180:rate=30"
    command = [str(request.ffmpeg), "-v", "error", "-f", "lavfi", "-i", picture, "-f", "null", "-"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as program:
        request.report(ConversionProgress(filename=str(program.pid), fraction=0.0, file_index=1, file_count=1))
        program.wait()

"""The tests' plugin: its download does what the last part of the link says. Copied into a folder of its own and run there."""

import time

from boss_bot_core.plugin import (
    DownloadRequest,
    DownloadResult,
    FetchedFile,
    Link,
    Platform,
    Progress,
    Specificity,
    UrlMatch,
    hookimpl,
)


@hookimpl
def bossbot_platform() -> Platform:
    return Platform(name="trial", title="Trial", description="Tests")


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    if link.path == "/hang":
        time.sleep(60)
    if not link.on_host("trial.example"):
        return None
    return UrlMatch(
        media_key=f"trial:{link.path}", url=link.url, specificity=Specificity.PLATFORM, engine="trial", reason="host"
    )


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    return globals()[request.url.rsplit("/", 1)[1]](request)


def fetch(request: DownloadRequest) -> DownloadResult:
    path = request.directory / "file.bin"
    path.write_bytes(b"x" * 1000)
    for done in range(1000):
        request.report(Progress(downloaded_bytes=done + 1, total_bytes=1000))
    return DownloadResult(files=(FetchedFile(path=path),))


def sleep(request: DownloadRequest) -> DownloadResult:
    request.report(Progress(downloaded_bytes=1))
    time.sleep(60)
    raise AssertionError

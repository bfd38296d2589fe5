"""Files that the client of download hooks fetches: their progress, their continuation, their limits, their content."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from aiohttp import web

from boss_bot_core.egress import EgressProxy
from boss_bot_core.errors import (
    AuthRequiredError,
    DownloadFailedError,
    FileRejectedError,
    FileTooLargeError,
    NetworkError,
    NotFoundError,
    NothingFoundError,
    PermissionDeniedError,
)
from boss_bot_core.plugin import FetchedFile, HttpClient, Progress
from boss_bot_sandbox.site import MediaLibrary, RemoteSite
from boss_bot_sandbox.site.media.payload import PaddedMp4

if TYPE_CHECKING:
    from tests.plugin.conftest import Attempt, MakeAttempt, Serve

HOST = "https://media.example.com"
MEGABYTE = 1_048_576
SIZE_BYTES = 1_600_000


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def padded_sha256(site: RemoteSite, name: str, size_bytes: int = SIZE_BYTES) -> str:
    return PaddedMp4(MediaLibrary(site.ca_file.parent / "media").read(name), size_bytes).sha256()


async def test_a_file_is_fetched_with_its_progress(attempt: "Attempt", site: RemoteSite) -> None:
    file = await attempt.run(
        lambda http: http.fetch_file(
            f"{HOST}/files/clip.mp4", params={"size_bytes": SIZE_BYTES}, kind="video", file_count=3
        )
    )
    assert file == FetchedFile(path=file.path, kind="video", name="clip.mp4")
    assert sha256(file.path) == padded_sha256(site, "clip.mp4")
    assert file.path.parent == attempt.request.directory
    assert attempt.progress[-1] == Progress(
        downloaded_bytes=SIZE_BYTES, total_bytes=SIZE_BYTES, filename="clip.mp4", file_index=1, file_count=3
    )
    assert len({progress.downloaded_bytes for progress in attempt.progress}) > 10


async def test_a_file_without_a_length_has_no_total(attempt: "Attempt", site: RemoteSite) -> None:
    file = await attempt.run(lambda http: http.fetch_file(f"{HOST}/unsized/clip.mp4"))
    assert file.path.read_bytes() == (site.ca_file.parent / "media" / "clip.mp4").read_bytes()
    assert {progress.total_bytes for progress in attempt.progress} == {None}


async def test_files_are_numbered_and_a_failed_one_takes_no_number(attempt: "Attempt") -> None:
    def fetch(http: HttpClient) -> list[FetchedFile]:
        first = http.fetch_file(f"{HOST}/files/photo-1.jpg")
        with pytest.raises(NotFoundError):
            http.fetch_file(f"{HOST}/status/404/photo-2.jpg")
        return [first, http.fetch_file(f"{HOST}/files/photo-3.png", name="the third")]

    files = await attempt.run(fetch)
    assert [file.path.suffix for file in files] == [".jpg", ".png"]
    assert [file.name for file in files] == ["photo-1.jpg", "the third"]
    assert {progress.file_index for progress in attempt.progress} == {1, 2}
    assert sorted(attempt.request.directory.glob("*.[jp]*g")) == sorted(file.path for file in files)


async def test_the_server_s_name_is_better_than_the_address_s(attempt: "Attempt") -> None:
    file = await attempt.run(
        lambda http: http.fetch_file(f"{HOST}/attachment/photo-1.jpg", params={"filename": "Sonne.jpg"})
    )
    assert file.name == "Sonne.jpg"


async def test_a_connection_that_breaks_once_is_continued(attempt: "Attempt", site: RemoteSite) -> None:
    file = await attempt.run(lambda http: http.fetch_file(f"{HOST}/cut/1000000/1/clip.mp4?size_bytes={SIZE_BYTES}"))
    assert file.is_resumed
    assert sha256(file.path) == padded_sha256(site, "clip.mp4")
    first, second = site.requests.matching("/cut/")
    assert (first.status, second.status) == (200, 206)
    assert first.bytes_sent + second.bytes_sent >= SIZE_BYTES
    assert second.bytes_sent < SIZE_BYTES


async def test_the_next_attempt_continues_the_part_though_the_signature_is_another(
    make_attempt: "MakeAttempt", site: RemoteSite
) -> None:
    url = f"{HOST}/cut/400000/3/clip.mp4?size_bytes={SIZE_BYTES}&signature="
    with pytest.raises(NetworkError, match=r"The connection to media\.example\.com broke"):
        await make_attempt().run(lambda http: http.fetch_file(f"{url}1"))
    file = await make_attempt().run(lambda http: http.fetch_file(f"{url}2"))
    assert file.is_resumed
    assert sha256(file.path) == padded_sha256(site, "clip.mp4")
    assert [record.status for record in site.requests.matching("/cut/")] == [200, 206, 206, 206]


@pytest.mark.parametrize("how", ["checked", "unchecked", "bare", "shorter"])
async def test_a_file_that_was_replaced_meanwhile_is_fetched_from_the_start(
    attempt: "Attempt", site: RemoteSite, how: str
) -> None:
    file = await attempt.run(
        lambda http: http.fetch_file(f"{HOST}/replaced/{how}/1000000/clip.mp4?size_bytes={SIZE_BYTES}")
    )
    size_bytes = SIZE_BYTES // 2 if how == "shorter" else SIZE_BYTES
    assert sha256(file.path) == padded_sha256(site, "silent.mp4", size_bytes)
    assert not file.is_resumed


async def test_a_part_without_a_validator_is_fetched_from_the_start(attempt: "Attempt", site: RemoteSite) -> None:
    url = f"{HOST}/files/photo-1.jpg"
    digest = hashlib.sha256(url.encode()).hexdigest()[:8]
    (attempt.request.directory / f"media-001-{digest}.jpg.part").write_bytes(b"another file")
    file = await attempt.run(lambda http: http.fetch_file(url))
    assert file.path.read_bytes() == (site.ca_file.parent / "media" / "photo-1.jpg").read_bytes()
    assert not file.is_resumed


@attrs.define
class ChangingFile:
    """A file of a server with entity tags; `content` can be replaced.

    Attributes:
        statuses: The statuses of all responses.
    """

    content: bytes
    tag: str | None
    statuses: list[int] = attrs.field(factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        is_known = self.tag is not None and request.headers.get("If-None-Match") == self.tag
        headers = {"ETag": self.tag} if self.tag else {}
        response = web.Response(status=304) if is_known else web.Response(body=self.content, headers=headers)
        self.statuses.append(response.status)
        return response


@pytest.mark.parametrize(
    ("first_tag", "second_tag", "second_status"), [('"a"', '"a"', 304), ('"a"', '"b"', 200), (None, None, 200)]
)
async def test_a_complete_file_is_fetched_again_only_if_it_changed(
    make_attempt: "MakeAttempt", serve: "Serve", first_tag: str | None, second_tag: str | None, second_status: int
) -> None:
    remote = ChangingFile(b"\0first version", first_tag)
    url = f"{await serve(remote.answer)}/photo.jpg"
    first = await make_attempt().run(lambda http: http.fetch_file(url))
    if second_status == 200:
        remote.content, remote.tag = b"\0second version", second_tag
    second = make_attempt()
    file = await second.run(lambda http: http.fetch_file(url))
    assert remote.statuses == [200, second_status]
    assert file.path == first.path
    assert file.path.read_bytes() == remote.content
    assert file.is_resumed == (second_status == 304)
    assert second.progress[-1].downloaded_bytes == len(remote.content)


@pytest.mark.parametrize(
    ("path", "max_received_bytes"),
    [
        (f"files/clip.mp4?size_bytes={200 * MEGABYTE}", 40 * MEGABYTE),
        (f"unsized/clip.mp4?size_bytes={200 * MEGABYTE}", 60 * MEGABYTE),
        ("endless/clip.mp4", 60 * MEGABYTE),
        (f"gzip-bomb/clip.mp4?unpacked_bytes={100 * MEGABYTE}", 1 * MEGABYTE),
    ],
)
async def test_a_file_larger_than_the_limit_is_not_fetched_to_its_end(
    attempt: "Attempt", proxy: EgressProxy, path: str, max_received_bytes: int
) -> None:
    with pytest.raises(FileTooLargeError) as caught:
        await attempt.run(lambda http: http.fetch_file(f"{HOST}/{path}"))
    assert caught.value.message == "The file is larger than 20.0 MB, which is the limit."
    assert list(attempt.request.directory.iterdir()) == []
    assert proxy.metrics.bytes_down < max_received_bytes


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("reason/expired-text/clip.mp4", NotFoundError),
        ("reason/missing-json/clip.mp4", NotFoundError),
        ("reason/missing-page/clip.mp4", NotFoundError),
        ("reason/denied-text/clip.mp4", PermissionDeniedError),
        ("reason/unknown-text/clip.mp4", FileRejectedError),
        ("reason/login-json/clip.mp4", AuthRequiredError),
        ("login/clip.mp4", AuthRequiredError),
        ("page/plain", NothingFoundError),
    ],
)
async def test_words_in_place_of_a_file_are_explained(
    attempt: "Attempt", path: str, error: type[DownloadFailedError]
) -> None:
    with pytest.raises(error):
        await attempt.run(lambda http: http.fetch_file(f"{HOST}/{path}"))
    assert list(attempt.request.directory.iterdir()) == []


async def test_an_empty_file_is_nothing(attempt: "Attempt", serve: "Serve") -> None:
    url = f"{await serve(ChangingFile(b'', None).answer)}/photo.jpg"
    with pytest.raises(NothingFoundError, match=r"127\.0\.0\.1 sent an empty file"):
        await attempt.run(lambda http: http.fetch_file(url))


async def test_the_operator_s_cookies_open_files_for_members(make_attempt: "MakeAttempt", tmp_path: Path) -> None:
    url = f"{HOST}/members/photo-1.jpg"
    with pytest.raises(AuthRequiredError):
        await make_attempt().run(lambda http: http.fetch_file(url))
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t\tsess\tgood\n")
    file = await make_attempt(cookies_file=cookies).run(lambda http: http.fetch_file(url))
    assert file.path.stat().st_size > 0

"""The file routes: whole files, ranges, and every fault that the site offers."""

import asyncio
import gzip
import hashlib
import time
from pathlib import Path

import aiohttp
import pytest

from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.media.payload import PaddedMp4

HOST = "https://media.example.com"


async def _get(client: aiohttp.ClientSession, url: str, **headers: str) -> tuple[aiohttp.ClientResponse, bytes]:
    async with client.get(url, headers=headers, allow_redirects=False) as answer:
        return answer, await answer.read()


async def test_a_file_is_the_same_over_http_and_https(site: MediaSite, client: aiohttp.ClientSession) -> None:
    async with aiohttp.ClientSession() as plain, plain.get(f"{site.http_url}/files/photo-1.jpg") as answer:
        over_http = await answer.read()
    answer, over_https = await _get(client, f"{HOST}/files/photo-1.jpg")
    assert over_http == over_https == site.library.read("photo-1.jpg")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert int(answer.headers["Content-Length"]) == len(over_https)


async def test_tls_is_refused_without_the_authority(site: MediaSite) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await session.get(f"{site.https_url}/files/photo-1.jpg")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("bytes=10-19", slice(10, 20)), ("bytes=500-", slice(500, None)), ("bytes=-7", slice(-7, None))],
)
async def test_a_range_is_answered_with_that_part(
    site: MediaSite, client: aiohttp.ClientSession, wanted: str, expected: slice
) -> None:
    answer, body = await _get(client, f"{HOST}/files/photo-1.jpg", Range=wanted)
    whole = site.library.read("photo-1.jpg")
    assert answer.status == 206
    assert body == whole[expected]
    assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")


async def test_a_range_after_the_end_gets_416(client: aiohttp.ClientSession) -> None:
    answer, _ = await _get(client, f"{HOST}/files/photo-1.jpg", Range="bytes=99999999-")
    assert answer.status == 416


async def test_a_head_request_returns_the_size_without_a_body(site: MediaSite, client: aiohttp.ClientSession) -> None:
    async with client.head(f"{HOST}/files/clip.mp4") as answer:
        assert int(answer.headers["Content-Length"]) == len(site.library.read("clip.mp4"))
    assert site.requests.bytes_sent("/files/clip.mp4") == 0


async def test_a_padded_clip_has_exactly_the_requested_size(client: aiohttp.ClientSession, site: MediaSite) -> None:
    _, body = await _get(client, f"{HOST}/files/clip.mp4?size_bytes=3000001")
    assert len(body) == 3_000_001
    assert hashlib.sha256(body).hexdigest() == PaddedMp4(site.library.read("clip.mp4"), 3_000_001).sha256()


async def test_a_part_of_a_padded_clip_equals_that_part_of_the_whole(client: aiohttp.ClientSession) -> None:
    url = f"{HOST}/files/clip.mp4?size_bytes=3000001"
    _, whole = await _get(client, url)
    _, part = await _get(client, url, Range="bytes=1234567-2345678")
    assert part == whole[1_234_567:2_345_679]


@pytest.mark.parametrize("size", ["10", "many"])
async def test_an_impossible_size_is_refused(client: aiohttp.ClientSession, size: str) -> None:
    answer, _ = await _get(client, f"{HOST}/files/clip.mp4?size_bytes={size}")
    assert answer.status == 400


async def test_a_throttled_file_is_sent_at_the_given_rate(client: aiohttp.ClientSession) -> None:
    started = time.monotonic()
    _, body = await _get(client, f"{HOST}/throttled/40000/photo-1.jpg")
    assert len(body) / 40_000 - 0.3 < time.monotonic() - started < len(body) / 40_000 + 5


async def test_a_stalling_file_stops_after_its_bytes(client: aiohttp.ClientSession, site: MediaSite) -> None:
    async with client.get(f"{HOST}/stalling/5000/photo-1.jpg") as answer:
        assert len(await answer.content.readexactly(5000)) == 5000
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(answer.content.readany(), 0.3)
    assert site.requests.matching("/stalling/")[0].bytes_sent == 5000


async def test_a_cut_download_can_be_resumed(client: aiohttp.ClientSession, site: MediaSite) -> None:
    url = f"{HOST}/cut/7000/2/clip.mp4"
    whole = site.library.read("clip.mp4")
    got = b""
    for length in (7000, 14_000):
        async with client.get(url, headers={"Range": f"bytes={len(got)}-"}) as answer:
            got += await answer.content.readexactly(7000)
            with pytest.raises(aiohttp.ClientPayloadError):
                await answer.content.readany()
        assert len(got) == length
    _, rest = await _get(client, url, Range=f"bytes={len(got)}-")
    assert got + rest == whole
    assert [record.finished for record in site.requests] == [False, False, True]


async def test_an_endless_file_continues_after_its_content(client: aiohttp.ClientSession) -> None:
    async with client.get(f"{HOST}/endless/photo-1.jpg") as answer:
        assert "Content-Length" not in answer.headers
        assert len(await answer.content.readexactly(2_000_000)) == 2_000_000


async def test_files_without_content_length_and_without_ranges(client: aiohttp.ClientSession) -> None:
    unsized, body = await _get(client, f"{HOST}/unsized/photo-1.jpg", Range="bytes=5-")
    whole, other = await _get(client, f"{HOST}/norange/photo-1.jpg", Range="bytes=5-")
    assert unsized.status == whole.status == 200
    assert "Content-Length" not in unsized.headers
    assert body == other


async def test_a_redirect_leads_to_the_given_address(client: aiohttp.ClientSession) -> None:
    to = "http://169.254.169.254/latest/"
    answer, _ = await _get(client, f"{HOST}/redirect/clip.mp4?to={to}&status=307")
    assert (answer.status, answer.headers["Location"]) == (307, to)


@pytest.mark.parametrize("code", [401, 403, 404, 429, 500, 503])
async def test_the_requested_status_is_returned(client: aiohttp.ClientSession, code: int) -> None:
    answer, _ = await _get(client, f"{HOST}/status/{code}/clip.mp4?retry_after=7")
    assert (answer.status, answer.headers["Retry-After"]) == (code, "7")


async def test_a_flaky_file_arrives_after_the_given_failures(client: aiohttp.ClientSession) -> None:
    statuses = [(await _get(client, f"{HOST}/flaky/503/2/photo-1.jpg"))[0].status for _ in range(3)]
    assert statuses == [503, 503, 200]


async def test_a_disguised_file_claims_another_type(client: aiohttp.ClientSession, site: MediaSite) -> None:
    answer, body = await _get(client, f"{HOST}/disguised/program.exe/clip.mp4")
    assert answer.headers["Content-Type"] == "video/mp4"
    assert body.startswith(b"MZ")


async def test_an_attachment_can_have_any_file_name(client: aiohttp.ClientSession) -> None:
    answer, _ = await _get(client, f"{HOST}/attachment/clip.mp4?filename=../../etc/passwd")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="../../etc/passwd"'


async def test_a_gzip_bomb_is_small_before_decompression(client: aiohttp.ClientSession) -> None:
    answer, body = await _get(client, f"{HOST}/gzip-bomb/clip.mp4?unpacked_bytes=5000001")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(body) < 10_000
    assert len(gzip.decompress(body)) == 5_000_001


async def test_an_unknown_file_is_not_found(client: aiohttp.ClientSession, site_directory: Path) -> None:
    for name in ("nothing.mp4", "..%2Fca.pem", "%2e%2e"):
        answer, _ = await _get(client, f"{HOST}/files/{name}")
        assert answer.status == 404

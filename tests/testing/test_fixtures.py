"""The fixtures for plugin authors whose tests call the download hook in their own process."""

from typing import TYPE_CHECKING

import httpx
import pytest

from boss_bot_core.errors import AuthRequiredError, NetworkError, RateLimitError
from boss_bot_core.plugin import Described, MediaInfo, Progress

if TYPE_CHECKING:
    from respx import MockRouter

    from boss_bot_core.testing.hook_request import RequestBuilder

PAGE = "https://pictures.example/p/42"
PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF"


def test_a_hook_gets_the_answers_of_the_test(boss_bot_request: "RequestBuilder", boss_bot_site: "MockRouter") -> None:
    boss_bot_site.get(f"{PAGE}.json", headers={"Cookie": "login=secret; adult=1"}).respond(json={"title": "A day"})
    boss_bot_site.get("https://cdn.pictures.example/1.jpg", headers={"Referer": PAGE}).respond(content=PICTURE)
    request = boss_bot_request(PAGE, cookies=".pictures.example\tTRUE\t/\tTRUE\t\tlogin\tsecret")
    post = request.http.get_json(f"{PAGE}.json", cookies={"adult": "1"})
    request.report(Described(media=MediaInfo(title=post["title"])))
    file = request.http.fetch_file("https://cdn.pictures.example/1.jpg", referer=PAGE)
    assert file.path.read_bytes() == PICTURE
    assert boss_bot_request.reports == [
        Described(media=MediaInfo(title="A day")),
        Progress(downloaded_bytes=10, total_bytes=10, filename="1.jpg"),
    ]


@pytest.mark.parametrize(("status", "error"), [(401, AuthRequiredError), (429, RateLimitError)])
def test_a_status_of_the_test_is_a_typed_error(
    boss_bot_request: "RequestBuilder", boss_bot_site: "MockRouter", status: int, error: type[Exception]
) -> None:
    boss_bot_site.get(PAGE).respond(status)
    with pytest.raises(error):
        boss_bot_request(PAGE).http.get_text(PAGE)


def test_retries_need_no_time(
    boss_bot_request: "RequestBuilder", boss_bot_site: "MockRouter", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: pytest.fail("a pause"))
    route = boss_bot_site.get(PAGE)
    route.side_effect = [httpx.ConnectError("no"), httpx.Response(503), httpx.Response(200, text="here")]
    assert boss_bot_request(PAGE).http.get_text(PAGE) == "here"


def test_a_request_without_a_route_fails_the_test(
    boss_bot_request: "RequestBuilder", boss_bot_site: "MockRouter"
) -> None:
    assert boss_bot_site.routes is not None
    with pytest.raises(AssertionError, match="not mocked"):
        boss_bot_request(PAGE).http.get_text(PAGE)


def test_without_a_site_of_the_test_nothing_is_reached(boss_bot_request: "RequestBuilder") -> None:
    request = boss_bot_request(PAGE)
    with pytest.raises(NetworkError, match="could not be reached"):
        request.http.get_text(PAGE)
    request.http.close()


def test_the_fields_of_a_request_can_be_changed(boss_bot_request: "RequestBuilder") -> None:
    request = boss_bot_request(PAGE, max_file_size_bytes=10, media_key="pictures:42")
    assert (request.max_file_size_bytes, request.media_key, request.url) == (10, "pictures:42", PAGE)


def test_a_document_is_a_file_and_no_text_in_place_of_one(
    boss_bot_request: "RequestBuilder", boss_bot_site: "MockRouter"
) -> None:
    boss_bot_site.get(f"{PAGE}.pdf").respond(content=b"%PDF-1.7 ...")
    file = boss_bot_request(PAGE).http.fetch_file(f"{PAGE}.pdf")
    assert (file.name, file.path.read_bytes()) == ("42.pdf", b"%PDF-1.7 ...")

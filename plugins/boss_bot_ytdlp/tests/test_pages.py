"""Pages with media, and refused downloads: playlists, cyclic links, private addresses."""

from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from boss_bot_core.plugin import SkippedFile, UnsupportedUrlError
from boss_bot_ytdlp._entries import MAX_ENTRIES, limit_entries, refuse_live_stream

if TYPE_CHECKING:
    from boss_bot_sandbox.site import RemoteSite
    from plugins.boss_bot_ytdlp.tests.conftest import Engine, Pages

HOST = "https://media.example.com"


async def test_the_video_of_a_page_is_fetched(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/page/one?src=/files/clip.mp4&title=Stripes")
    (file,) = outcome.result["files"]
    assert (file["kind"], file["name"]) == ("video", "Stripes.mp4")
    assert outcome.result["media"]["title"] == "Stripes"
    assert outcome.result["media"]["permalink"].startswith(f"{HOST}/page/one")


async def test_all_videos_of_a_page_are_fetched_and_counted(engine: "Engine", pages: "Pages") -> None:
    body = "".join(f"<video src='{HOST}/files/{name}'></video>" for name in ("clip.mp4", "clip.webm"))
    outcome = await engine.fetch(pages.add_page("/two", body))
    assert [path.name for path in outcome.paths] == ["media-001.0.mp4", "media-002.0.webm"]
    places = [(event["file_index"], event["file_count"]) for event in outcome.messages_of("Progress")]
    assert sorted(set(places)) == [(1, 2), (2, 2)]


@pytest.mark.parametrize("refused", [1, 3])
async def test_a_refused_source_of_a_video_is_replaced_by_the_next(
    engine: "Engine", site: "RemoteSite", pages: "Pages", refused: int
) -> None:
    sources = [f"{HOST}/status/403/{number}.mp4" for number in range(refused)] + [f"{HOST}/files/clip.mp4"]
    body = "".join(f"<source src='{source}' type='video/mp4'>" for source in sources)
    outcome = await engine.fetch(pages.add_page("/sources", f"<video>{body}</video>"))
    assert outcome.paths[0].stat().st_size == (site.ca_file.parent / "media" / "clip.mp4").stat().st_size


async def test_a_video_whose_every_source_is_refused_ends_with_the_refusal(engine: "Engine", pages: "Pages") -> None:
    body = "".join(f"<source src='{HOST}/status/403/{number}.mp4'>" for number in range(3))
    outcome = await engine.fetch(pages.add_page("/sources", f"<video>{body}</video>"))
    assert outcome.error["type"] == "PermissionDeniedError"


async def test_a_link_to_a_numbered_part_is_left_to_other_plugins(engine: "Engine") -> None:
    outcome = await engine.fetch("https://www.instagram.com/p/aye83DjauH/?img_index=2")
    assert outcome.error["type"] == "UnsupportedUrlError"


async def test_only_the_first_ten_videos_of_a_page_are_fetched(engine: "Engine", pages: "Pages") -> None:
    body = "".join(f"<video src='{HOST}/files/silent.mp4?n={number}'></video>" for number in range(12))
    outcome = await engine.fetch(pages.add_page("/many", body))
    assert len(outcome.paths) == MAX_ENTRIES
    assert "first 10" in outcome.result["skipped"][0]["reason"]


async def test_a_picture_without_an_extension_in_its_address_is_fetched(engine: "Engine", pages: "Pages") -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(2000)
    pages.answers["/media/42"] = lambda _: web.Response(body=picture, content_type="image/png")
    outcome = await engine.fetch(f"{pages.url}/media/42")
    assert outcome.paths[0].read_bytes() == picture


async def test_a_page_without_media_is_nothing_found(engine: "Engine", site: "RemoteSite") -> None:
    outcome = await engine.fetch(f"{HOST}/page/empty?src=")
    assert outcome.error["type"] == "NothingFoundError"
    assert "media.example.com" in outcome.error["message"]
    # One request for the common players, one for all extractors.
    assert len(site.requests.matching("/page/empty")) == 2


async def test_cyclic_redirects_between_pages_end(engine: "Engine", pages: "Pages") -> None:
    pages.add_page("/a", f"<meta http-equiv='refresh' content='0; url={pages.url}/b'>")
    outcome = await engine.fetch(pages.add_page("/b", f"<meta http-equiv='refresh' content='0; url={pages.url}/a'>"))
    assert outcome.error["type"] == "NothingFoundError"


PRIVATE = ["http://127.0.0.2/a.mp4", "http://169.254.169.254/a.mp4", "https://10.0.0.1/a.mp4", "http://[::1]/a.mp4"]


@pytest.mark.parametrize("target", PRIVATE)
async def test_a_redirect_into_a_private_network_is_blocked(engine: "Engine", target: str) -> None:
    outcome = await engine.fetch(f"{HOST}/redirect/a.mp4?to={target}")
    assert outcome.error["type"] == "BlockedError"
    assert len(outcome.lease.blocked) == 1


@pytest.mark.parametrize("target", PRIVATE)
async def test_a_page_with_a_video_in_a_private_network_is_blocked(engine: "Engine", target: str) -> None:
    outcome = await engine.fetch(f"{HOST}/page/one?src={target}")
    assert outcome.error["type"] == "BlockedError"


async def test_a_host_that_does_not_exist_is_a_network_error(engine: "Engine") -> None:
    outcome = await engine.fetch("https://nobody.invalid/a.mp4")
    assert outcome.error["type"] == "NetworkError"
    assert "nobody.invalid" in outcome.error["message"]


async def test_a_feed_is_refused_without_a_download(engine: "Engine", pages: "Pages") -> None:
    feed = "<rss><channel><title>x</title></channel></rss>"
    pages.answers["/feed"] = lambda _: web.Response(text=feed, content_type="application/rss+xml")
    outcome = await engine.fetch(f"{pages.url}/feed")
    assert outcome.error["type"] == "NothingFoundError"


def test_a_playlist_is_distinguished_from_a_post_by_its_entries() -> None:
    playlist = {"_type": "playlist", "extractor_key": "YoutubeTab", "entries": iter([{"_type": "url", "url": "x"}])}
    with pytest.raises(UnsupportedUrlError, match="playlist"):
        limit_entries(playlist)
    post = {"_type": "playlist", "extractor_key": "Twitter", "entries": iter([{"id": "1"}, {"id": "2"}])}
    assert limit_entries(post) == ()
    assert post["entries"] == [{"id": "1"}, {"id": "2"}]


def test_an_endless_list_is_cut_after_the_maximum() -> None:
    def endless() -> object:
        while True:
            yield {"id": "again"}

    post = {"_type": "playlist", "extractor_key": "Some", "entries": endless()}
    (skipped,) = limit_entries(post)
    assert isinstance(skipped, SkippedFile)
    assert len(post["entries"]) == MAX_ENTRIES  # type: ignore[arg-type]  # a list by now


@pytest.mark.parametrize("info", [{"is_live": True}, {"live_status": "is_upcoming"}, {"live_status": "is_live"}])
def test_a_live_stream_is_refused(info: dict[str, object]) -> None:
    with pytest.raises(UnsupportedUrlError, match="live stream"):
        refuse_live_stream(info)
    refuse_live_stream({"live_status": "was_live"})


@pytest.mark.parametrize("name", ["get.php", "v1.2", "clip.final"])
async def test_a_video_with_an_unusual_extension_is_fetched_under_its_own_name(engine: "Engine", name: str) -> None:
    outcome = await engine.fetch(f"{HOST}/typed/{name}")
    assert outcome.result["files"][0]["name"] == name
    assert {event["filename"] for event in outcome.messages_of("Progress")} == {name}


async def test_the_sound_of_a_video_with_an_unusual_extension_is_extracted(engine: "Engine") -> None:
    outcome = await engine.fetch(f"{HOST}/typed/get.php", options={"audio_only": True})
    assert outcome.paths[0].suffix == ".m4a"


async def test_a_video_without_sound_has_nothing_for_a_request_of_the_sound(engine: "Engine") -> None:
    outcome = await engine.fetch("https://media.example.com/files/silent.mp4", options={"audio_only": True})
    assert (outcome.error["type"], outcome.error["message"]) == ("NothingFoundError", "There is no sound in that.")

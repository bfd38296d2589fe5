"""Test of a second request for stored media: they are delivered from storage without a request to their site."""

import json
from typing import Any

import pytest

from boss_bot_sandbox.site import RemoteSite
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.harness import Home

pytestmark = pytest.mark.xdist_group("from-storage")


def read_records(home: Home) -> list[dict[str, Any]]:
    paths = sorted(home.data.glob("downloads/**/metadata.json"), key=lambda path: path.stat().st_mtime)
    return [json.loads(path.read_text()) for path in paths]


def test_another_form_of_the_link_needs_no_second_download(home: Home, site: RemoteSite) -> None:
    url = tweet("photos").url
    first = home.get(url)
    assert first.single_outcome["status"] == "completed", first.stderr
    site.reset()
    second = home.get(url.replace("x.com", "fxtwitter.com") + "?s=20")
    assert second.single_outcome["status"] == "completed", second.stderr
    assert [result.single_outcome["from_storage"] for result in (first, second)] == [False, True]
    assert "downloading" in first.stderr
    assert "from storage" in second.stderr
    assert not {"downloading", "uploading"} & set(second.stderr.split())
    hashes = [[file["sha256"] for file in result.single_outcome["files"]] for result in (first, second)]
    assert hashes[0] == hashes[1]
    # The site also records the test's own request for the list.
    assert [each.path for each in site.requests if not each.path.startswith("/-/")] == []
    history = read_records(home)[-1]["history"]
    assert [entry["action"] for entry in history] == ["delivered from storage", "organised", "delivered"]
    assert history[-1]["detail"] == "4 files"


def test_with_fresh_stored_media_are_downloaded_again(home: Home, site: RemoteSite) -> None:
    url = tweet("photo").url
    assert home.get(url).single_outcome["status"] == "completed"
    site.reset()
    text = home.run("get", "--out", str(home.out), url).stdout
    assert text.splitlines()[1] == "  from storage: an earlier download fetched it; --fresh fetches it again"
    assert [each.path for each in site.requests if not each.path.startswith("/-/")] == []
    fresh = home.get("--fresh", url)
    assert (fresh.single_outcome["status"], fresh.single_outcome["from_storage"]) == ("completed", False), fresh.stderr
    assert [each.path for each in site.requests if not each.path.startswith("/-/")] != []
    assert home.get(url).single_outcome["from_storage"], "what was fetched last is reused"

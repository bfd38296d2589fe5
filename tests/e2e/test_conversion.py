"""A file that does not fit, on the command line: the question, the answer, and the conversion that follows."""

import json
from pathlib import Path

import attrs
import pytest

from boss_bot_sandbox.site import RemoteSite
from tests.e2e.harness import Home
from tests.fitting import build_environment

pytestmark = pytest.mark.xdist_group("conversion")

SIZE_BYTES = 300_000


@pytest.fixture
def fitting(home: Home, tmp_path: Path) -> Home:
    """A home with a plugin that makes files fit."""
    more = build_environment(tmp_path, home.environ["BOSS_BOT_WORKER_ENVIRONMENT"])
    return attrs.evolve(home, environ=home.environ | more)


def read_history(home: Home) -> list[tuple[str, str | None]]:
    [path] = home.data.glob("downloads/**/metadata.json")
    return [(entry["action"], entry["detail"]) for entry in json.loads(path.read_text())["history"]]


def test_the_answer_continues_with_the_fetched_file(fitting: Home, site: RemoteSite) -> None:
    url = f"{site.http_url}/files/clip.mp4?size_bytes={SIZE_BYTES}"
    asked = fitting.get("--max-file-size", "100KB", url)
    assert asked.error_code == "choice_needed", asked.stderr
    assert asked.single_outcome["error"]["message"] == (
        "It is too large for this place. Give the same command again with `--fit parts` or `--fit sound`; "
        "nothing is fetched again."
    )
    assert read_history(fitting)[-1] == ("undecided", "It is too large for this place.")
    site.reset()
    answered = fitting.get("--max-file-size", "100KB", "--fit", "sound", url)
    [file] = answered.single_outcome["files"]
    assert (file["mime_type"], file["size_bytes"] < 100_000) == ("audio/wav", True)
    assert Path(file["path"]).read_bytes()[:4] == b"RIFF"
    assert file["description"].startswith("The sound of")
    assert Path(file["thumbnail"]).read_bytes() == b"a small picture"
    assert "converting" in answered.stderr
    assert site.requests.matching("clip.mp4") == []
    assert ("processed", "took the sound") in read_history(fitting)


def test_what_cannot_be_made_to_fit_is_refused_with_the_reason_of_the_plugin(fitting: Home, site: RemoteSite) -> None:
    url = f"{site.http_url}/files/clip.mp4?size_bytes={SIZE_BYTES}"
    refused = fitting.get("--max-file-size", "100KB", "--fit", "parts", url)
    assert refused.error_code == "file_too_large", refused.stderr
    assert refused.single_outcome["error"]["message"].startswith("It cannot be cut.")


def test_stored_files_are_converted_for_a_place_with_a_lower_limit(fitting: Home, site: RemoteSite) -> None:
    url = f"{site.http_url}/files/clip.mp4?size_bytes={SIZE_BYTES}"
    whole = fitting.get("--fit", "sound", url)
    assert whole.single_outcome["files"][0]["mime_type"] == "video/mp4", whole.stderr
    site.reset()
    small = fitting.get("--max-file-size", "100KB", "--fit", "sound", url)
    assert small.single_outcome["files"][0]["mime_type"] == "audio/wav", small.stderr
    assert small.single_outcome["from_storage"]
    assert site.requests.matching("clip.mp4") == []


def test_without_such_a_plugin_the_limit_refuses_the_file(home: Home, site: RemoteSite) -> None:
    url = f"{site.http_url}/files/clip.mp4?size_bytes={SIZE_BYTES}"
    assert home.get("--max-file-size", "100KB", url, BOSS_BOT_DISABLED_PLUGINS="media").error_code == "file_too_large"

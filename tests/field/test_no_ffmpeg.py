"""A machine without ffmpeg, and one where only the system has it: what the operator and the requester are told."""

import signal
from pathlib import Path

import attrs
import imageio_ffmpeg
import pytest

from boss_bot_core.app.worker_setup import NO_FFMPEG
from boss_bot_sandbox.discord.events import GatewayIdentified
from tests.bot.bot_runner import open_discord
from tests.bot.program import Program
from tests.e2e.harness import Home

HOST = "https://media.example.com"
SEPARATE = f"{HOST}/dash/manifest.mpd"
WITHOUT_EXTRA = 'import sys\n\nsys.modules["imageio_ffmpeg"] = None\n'


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Environment variables with which nothing finds ffmpeg: neither the system's, nor that of the extra."""
    (tmp_path / "programs").mkdir()
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "sitecustomize.py").write_text(WITHOUT_EXTRA)
    return {"PATH": str(tmp_path / "programs"), "PYTHONPATH": str(tmp_path / "python")}


@pytest.fixture
def bare_home(home: Home, environ: dict[str, str]) -> Home:
    return attrs.evolve(home, environ=home.environ | environ)


def test_the_list_of_plugins_tells_the_operator(bare_home: Home) -> None:
    listed = bare_home.run("plugins")
    assert (listed.returncode, listed.stderr.strip()) == (0, NO_FFMPEG)


async def test_the_bot_tells_the_operator_at_its_start(tmp_path: Path, environ: dict[str, str]) -> None:
    async with open_discord() as server, Program(server, tmp_path).started(**environ) as child:
        await server.wait_for(GatewayIdentified, timeout_s=30, start=0)
        child.send_signal(signal.SIGTERM)
        _, errors = await child.communicate()
    assert (child.returncode, errors.decode().count(NO_FFMPEG)) == (0, 1)


def test_a_download_that_needs_it_names_the_next_step(bare_home: Home) -> None:
    result = bare_home.get(SEPARATE)
    assert result.single_outcome["error"] == {
        "code": "unsupported",
        "message": (
            "Picture and sound are separate, and this bot has no ffmpeg to join them. "
            "Install ffmpeg, or the package `boss-bot-core[ffmpeg]`."
        ),
        "retry_after_s": None,
    }
    assert result.single_outcome["attempts"] == 1
    assert NO_FFMPEG not in result.stderr


@pytest.mark.parametrize(
    ("path", "disabled", "mime_type"),
    [
        ("/files/clip.mp4", "", "video/mp4"),
        ("/hls/clear/master.m3u8", "media", "video/mp2t"),
        ("/hls/clear/master.m3u8", "", "video/mp4"),  # its streams are copied, which needs no ffmpeg
    ],
)
def test_a_download_that_does_not_need_it_succeeds(bare_home: Home, path: str, disabled: str, mime_type: str) -> None:
    result = bare_home.get(f"{HOST}{path}", BOSS_BOT_DISABLED_PLUGINS=disabled)
    (file,) = result.single_outcome["files"]
    assert file["mime_type"] == mime_type


def test_the_system_s_ffmpeg_is_enough(bare_home: Home) -> None:
    Path(bare_home.environ["PATH"], "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    assert not bare_home.run("plugins").stderr
    (file,) = bare_home.get(SEPARATE).single_outcome["files"]
    assert file["mime_type"] == "video/mp4"

"""A machine without ffmpeg, and one where only the system has it: what the operator and the requester are told."""

import signal
from pathlib import Path

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
def system_environ(environ: dict[str, str]) -> dict[str, str]:
    """The same variables, with an ffmpeg of the system."""
    Path(environ["PATH"], "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    return environ


def test_the_list_of_plugins_tells_the_operator(home: Home, environ: dict[str, str]) -> None:
    listed = home.run("plugins", **environ)
    assert (listed.returncode, listed.stderr.strip()) == (0, NO_FFMPEG)


async def test_the_bot_tells_the_operator_at_its_start(tmp_path: Path, environ: dict[str, str]) -> None:
    async with open_discord() as server, Program(server, tmp_path).started(**environ) as child:
        await server.wait_for(GatewayIdentified, timeout_s=30, start=0)
        child.send_signal(signal.SIGTERM)
        _, errors = await child.communicate()
    assert (child.returncode, errors.decode().count(NO_FFMPEG)) == (0, 1)


def test_a_download_that_needs_it_names_the_next_step(home: Home, environ: dict[str, str]) -> None:
    result = home.get(SEPARATE, **environ)
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
    ("path", "mime_type"), [("/files/clip.mp4", "video/mp4"), ("/hls/clear/master.m3u8", "video/mp2t")]
)
def test_a_download_that_does_not_need_it_succeeds(
    home: Home, environ: dict[str, str], path: str, mime_type: str
) -> None:
    (file,) = home.get(f"{HOST}{path}", **environ).single_outcome["files"]
    assert file["mime_type"] == mime_type


def test_the_system_s_ffmpeg_is_enough(home: Home, system_environ: dict[str, str]) -> None:
    assert not home.run("plugins", **system_environ).stderr
    (file,) = home.get(SEPARATE, **system_environ).single_outcome["files"]
    assert file["mime_type"] == "video/mp4"

"""Files of the operator that workers need: used, or refused by the name of the setting before any download."""

import re
from pathlib import Path

import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.app.worker_setup import choose_ffmpeg
from boss_bot_core.errors import SettingsError
from boss_bot_core.settings import load

NO_FFMPEG = "#!/bin/sh\necho hello\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("ca_file", b"", "has no certificates in PEM form"),
        ("ca_file", b"\x30\x82\x01", "has no certificates in PEM form"),
        ("ca_file", b"-----BEGIN CERTIFICATE-----\nabc\n", "has no certificates in PEM form"),
        ("ffmpeg", NO_FFMPEG.encode(), "is another program"),
        ("ffmpeg", b"#!/nowhere\n", "cannot be started (FileNotFoundError)"),
        ("ffmpeg", b"\x7fELF", "cannot be started (OSError)"),
    ],
)
async def test_a_wrong_file_is_refused_by_name_at_the_start(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    file.chmod(0o700)
    settings = load({"data_dir": str(tmp_path / "data"), name: str(file)}, environ={})
    with pytest.raises(SettingsError, match=rf"^{name}: {re.escape(str(file))} {re.escape(reason)}\.$"):
        async with open_app(settings):
            pass


def test_a_program_that_says_that_it_is_ffmpeg_is_used(tmp_path: Path) -> None:
    program = tmp_path / "wrapper"
    program.write_text(NO_FFMPEG.replace("hello", "ffmpeg version 7.1"))
    program.chmod(0o600)
    with pytest.raises(SettingsError, match="cannot be started"):
        choose_ffmpeg(program)
    program.chmod(0o700)
    assert choose_ffmpeg(program) == program

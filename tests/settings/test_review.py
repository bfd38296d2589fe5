"""The review of the settings: each contradiction is one sentence, and the defaults have none."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from boss_bot_core.settings import load_with_sources, review_settings


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike `tmp_path`."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def review(values: Mapping[str, object], config_file: Path | None = None) -> list[str]:
    return list(review_settings(load_with_sources(values, environ={}, config_file=config_file)))


def test_the_defaults_contradict_nothing() -> None:
    assert review({}) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"upload_limit_mb": 100},
            "upload_limit_mb allows 100.0 MB, but max_file_size_mb lets no file over 50.0 MB be fetched.",
        ),
        (
            {"max_download_bytes": "40MB"},
            "max_file_size_mb allows 50.0 MB, but max_download_bytes lets a download bring 40.0 MB only.",
        ),
        (
            {"temp_storage_bytes": "499MB"},
            "temp_storage_bytes has 499.0 MB for all downloads, but max_download_bytes lets one bring 500.0 MB.",
        ),
        (
            {"guild_daily_bytes": "49MB"},
            "guild_daily_bytes allows 49.0 MB a day, less than one file of max_file_size_mb (50.0 MB).",
        ),
        (
            {"max_downloads_per_user": 6},
            "max_downloads_per_user allows 6, but max_concurrent_downloads lets only 5 run.",
        ),
        ({"stall_s": 301}, "stall_s (301) has no effect: wall_clock_s (300) ends an attempt first."),
        (
            {"total_bytes_per_s": "20KB"},
            "At 20 KB a second, wall_clock_s (300) ends all attempts before a file has 50.0 MB.",
        ),
        (
            {"download_bytes_per_s": "3MB", "total_bytes_per_s": "2MB"},
            "download_bytes_per_s has no effect: total_bytes_per_s is lower.",
        ),
        ({"token": "a", "token_file": "/run/secrets/token"}, "token_file is not read, because token is set."),
        ({"worker_environment": ["NO_SUCH"]}, "worker_environment names NO_SUCH, but there is no such variable."),
        (
            {"worker_environment": ["BOSS_BOT_TOKEN"]},
            "worker_environment shows BOSS_BOT_TOKEN, which may be a secret, to every download process.",
        ),
        (
            {"host_overrides": {"a.example": "10.0.0.1:80"}},
            "host_overrides leads a.example to 10.0.0.1, which allowed_private_networks does not allow.",
        ),
    ],
)
def test_a_contradiction_is_told(values: dict[str, object], told: str) -> None:
    assert review(values) == [told]


def test_values_that_just_fit_are_not_told() -> None:
    sizes = {"upload_limit_mb": 50, "max_download_bytes": "50MB", "temp_storage_bytes": "50MB"}
    numbers = {"stall_s": 300, "guild_daily_bytes": "50MB", "max_downloads_per_user": 5}
    network = {"host_overrides": {"a.example": "10.0.0.1:80"}, "allowed_private_networks": ["10.0.0.0/8"]}
    assert review({**sizes, **numbers, **network}) == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o600])
def test_secrets_that_every_user_can_read_are_told(folder: Path, mode: int) -> None:
    files = {name: folder / name for name in ("config.toml", "token", "x.txt", "queue.db")}
    for file in files.values():
        file.touch()
        file.chmod(mode)
    files["config.toml"].write_text(f'database_url = "sqlite:///{files["queue.db"]}"\n')
    values = {"token_file": str(files["token"]), "cookies": {"twitter": str(files["x.txt"])}}
    found = review(values, files["config.toml"])
    names = ("config.toml", "token_file", "cookies for twitter", "database_url")
    told = [
        f"{name}: every user of this machine can read {path}; run: chmod 600 {path}"
        for name, path in zip(names, files.values(), strict=True)
    ]
    assert found == (told if mode == 0o644 else [])


def test_a_config_file_without_a_secret_may_be_read(folder: Path) -> None:
    file = folder / "config.toml"
    file.write_text("max_queue_size = 5\n")
    file.chmod(0o644)
    assert review({}, file) == []


def test_a_secret_in_a_folder_that_others_cannot_enter_is_safe(tmp_path: Path, folder: Path) -> None:
    token = folder / "token"
    token.touch(0o644)
    token.chmod(0o644)
    folder.chmod(0o700)
    assert review({"token_file": str(token)}) == []

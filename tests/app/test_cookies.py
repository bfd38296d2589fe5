"""The store of cookies: a changed file is used at once, and a file that vanishes leaves the last cookies in use."""

import os
from pathlib import Path

import pytest

from boss_bot_core.app.cookies import CookieStore

LINE = ".x.com\tTRUE\t/\tTRUE\t\tauth\t"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "cookies.txt"
    write(path, LINE + "first-value", modified_at=1_800_000_000)
    return path


def write(path: Path, text: str, modified_at: float) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (modified_at, modified_at))


def read_value(store: CookieStore) -> str:
    file = store.find("twitter")
    assert file is not None
    return file.values[0]


def test_a_renewed_file_is_read_again(path: Path) -> None:
    store = CookieStore({"twitter": path})
    assert read_value(store) == "first-value"
    write(path, LINE + "second-value", modified_at=1_800_000_001)
    assert read_value(store) == "second-value"
    assert store.find("reddit") is None


def test_a_file_that_vanishes_is_told_and_its_cookies_stay_in_use(path: Path) -> None:
    store = CookieStore({"twitter": path})
    assert [(state.text, state.is_good) for state in store.states()] == [("1 for x.com (file of 2027-01-15)", True)]
    path.unlink()
    assert read_value(store) == "first-value"
    (warning,) = store.warnings()
    assert warning.startswith(f"cookies of twitter, {path}: 1 for x.com; the file cannot be read: No such file")
    write(path, LINE + "third-value", modified_at=1_800_000_000)
    assert read_value(store) == "third-value"
    assert not list(store.warnings())

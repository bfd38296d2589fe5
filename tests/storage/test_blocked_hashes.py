"""Tests of the operator's list of forbidden content."""

import hashlib
from pathlib import Path

import pytest

from boss_bot_core.errors import SettingsError, SuspiciousFileError
from boss_bot_core.storage.blocked_hashes import check_contents, read_blocked_hashes

MEOW = hashlib.sha256(b"meow").hexdigest()
WOOF = hashlib.sha256(b"woof").hexdigest()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "blocked.txt"


def test_hashes_are_read_as_sha256sum_prints_them_with_comments(listed: Path) -> None:
    listed.write_text(f"# forbidden\n\n{MEOW}  cat.mp4\n   {WOOF.upper()} # a dog\n")
    assert read_blocked_hashes(listed) == {MEOW, WOOF}
    assert read_blocked_hashes(None) == frozenset()


@pytest.mark.parametrize("line", ["abc", MEOW[:-1], f"{MEOW}0", "cat.mp4", MEOW.replace(MEOW[0], "g")])
def test_a_wrong_line_is_named(listed: Path, line: str) -> None:
    listed.write_text(f"{MEOW}\n{line}\n")
    with pytest.raises(SettingsError, match=r"line 2 of .*blocked\.txt has no SHA-256"):
        read_blocked_hashes(listed)


def test_a_file_that_cannot_be_read_is_named(listed: Path) -> None:
    with pytest.raises(SettingsError, match=r"blocked\.txt cannot be read: No such file or directory"):
        read_blocked_hashes(listed)
    listed.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(SettingsError, match="it is no text"):
        read_blocked_hashes(listed)


def test_only_listed_content_is_refused_and_nothing_is_read_without_a_list(tmp_path: Path) -> None:
    cat = tmp_path / "cat"
    cat.write_bytes(b"meow")
    check_contents([cat], {WOOF})
    check_contents([tmp_path / "missing"], frozenset())
    with pytest.raises(SuspiciousFileError, match="does not allow this file"):
        check_contents([cat], {WOOF, MEOW})

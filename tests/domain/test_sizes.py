"""Parsing of written sizes; their formatting is tested with the other units of the cards."""

import pytest

from boss_bot_core.domain.sizes import GIGABYTE, MEGABYTE, parse_megabytes, parse_size


@pytest.mark.parametrize(
    ("text", "size_bytes"), [(" 1.5 GB ", 3 * GIGABYTE // 2), ("4096", 4096), ("2m", 2 * MEGABYTE)]
)
def test_a_written_size_is_parsed_to_bytes(text: str, size_bytes: int) -> None:
    assert parse_size(text) == size_bytes


@pytest.mark.parametrize(("text", "megabytes"), [("25", 25), ("25 MB", 25), ("1GB", 1024)])
def test_a_bare_number_is_parsed_as_megabytes(text: str, megabytes: int) -> None:
    assert parse_megabytes(text) == megabytes


@pytest.mark.parametrize("text", ["", "0", "-3", "1.5MB", "many", "50TB"])
def test_a_text_that_is_not_whole_megabytes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="whole megabytes"):
        parse_megabytes(text)

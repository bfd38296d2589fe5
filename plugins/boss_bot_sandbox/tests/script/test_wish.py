"""Which texts only a file answers."""

import pytest

from boss_bot_sandbox.script.request_status import expects_file


@pytest.mark.parametrize("text", ["$dl https://a.b/c", "$DL", "$dlt https://x.com/1", " $dl\nhttps://a.b", "hello", ""])
def test_a_file_is_asked_for(text: str) -> None:
    assert expects_file(text)


@pytest.mark.parametrize("text", ["$dlq", "$dlc all", "$DLS bar dots", "$dlh dl", "$health", "$sync here"])
def test_words_are_asked_for(text: str) -> None:
    assert not expects_file(text)

"""What every answer has in common."""

from boss_bot_core.bot.context.base import MAX_MESSAGE_LENGTH, truncate_message


def test_an_answer_is_as_long_as_discord_takes() -> None:
    assert truncate_message("short") == "short"
    assert truncate_message("x" * MAX_MESSAGE_LENGTH) == "x" * MAX_MESSAGE_LENGTH
    assert truncate_message("x" * 5000) == "x" * (MAX_MESSAGE_LENGTH - 1) + "…"

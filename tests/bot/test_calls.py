"""What every answer has in common."""

from boss_bot_core.bot.context.base import LONGEST_MESSAGE, fitted


def test_an_answer_is_as_long_as_discord_takes() -> None:
    assert fitted("short") == "short"
    assert fitted("x" * LONGEST_MESSAGE) == "x" * LONGEST_MESSAGE
    assert fitted("x" * 5000) == "x" * (LONGEST_MESSAGE - 1) + "…"

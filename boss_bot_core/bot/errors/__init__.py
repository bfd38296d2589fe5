"""Turns every exception of a command into one message: the registry chooses the text, the handler sends it."""

from boss_bot_core.bot.errors.registry import ErrorAnswer, answer_for

__all__ = ["ErrorAnswer", "answer_for"]

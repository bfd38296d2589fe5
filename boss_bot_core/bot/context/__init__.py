"""The context of a command: who invoked it, where, with which arguments, and how to reply."""

from boss_bot_core.bot.context.base import Call
from boss_bot_core.bot.context.interaction import ElsewhereCall, InteractionCall
from boss_bot_core.bot.context.message import MessageCall

__all__ = ["Call", "ElsewhereCall", "InteractionCall", "MessageCall"]

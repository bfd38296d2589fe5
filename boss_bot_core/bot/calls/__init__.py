"""One use of a command, whichever way it came: typed with a prefix, as a slash command, or from a message's menu."""

from boss_bot_core.bot.calls.call import Call
from boss_bot_core.bot.calls.elsewhere_call import ElsewhereCall
from boss_bot_core.bot.calls.interaction_call import InteractionCall
from boss_bot_core.bot.calls.message_call import MessageCall

__all__ = ["Call", "ElsewhereCall", "InteractionCall", "MessageCall"]

"""The context of a command: who invoked it, where, with which arguments, and how to reply."""

from boss_bot_core.bot.context.base import CommandContext, MessageContent
from boss_bot_core.bot.context.interaction import InteractionContext, UserInstallContext
from boss_bot_core.bot.context.message import PrefixContext

__all__ = ["CommandContext", "InteractionContext", "MessageContent", "PrefixContext", "UserInstallContext"]

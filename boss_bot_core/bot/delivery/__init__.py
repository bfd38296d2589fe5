"""Delivery into a Discord channel: messages with files, each of them exactly once."""

from boss_bot_core.bot.delivery.deliverer import DiscordDeliverer

__all__ = ["DiscordDeliverer"]

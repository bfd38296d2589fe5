"""Where Discord is, as discord.py knows it.

Apart from the client because discord.py keeps the addresses in class attributes, which count for the whole process.
"""

import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from boss_bot_core.settings import DiscordSettings


def point_at(discord: DiscordSettings) -> None:
    """Let every client of this process talk to the Discord that the settings name; call it before connecting."""
    Route.BASE = discord.discord_api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(discord.discord_gateway_url)
    Asset.BASE = discord.discord_cdn_url

"""The environment variables of the bot's process: every address and path in them belongs to the harness.

Settings of the operator's own bot must not leak in, neither its token nor its data directory.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from boss_bot_sandbox.discord import LocalDiscord
    from boss_bot_sandbox.site import MediaSite, RemoteSite

PREFIX: Final = "BOSS_BOT_"


def build_bot_environment(
    discord: "LocalDiscord", site: "MediaSite | RemoteSite", folder: Path, inherited: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Return the environment of the bot's process.

    Args:
        discord: The local Discord to log in to.
        site: The media site to which the public host names of the samples are redirected.
        folder: An empty folder for the bot's configuration and data.
        inherited: Further variables; those with the prefix of the bot's settings are left out.
    """
    configuration = folder / "config.toml"
    configuration.touch()
    settings = {
        "TOKEN": discord.token,
        "DATA_DIR": str(folder / "data"),
        "CONFIG_FILE": str(configuration),
        "DISCORD_API_URL": discord.rest_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "DISCORD_CDN_URL": discord.cdn_url,
        "ALLOWED_PRIVATE_NETWORKS": "127.0.0.0/8",
        "CA_FILE": str(site.ca_file),
        "HOST_OVERRIDES": ",".join(f"{host}={target}" for host, target in site.host_overrides.items()),
    }
    rest = {name: value for name, value in inherited.items() if not name.startswith(PREFIX)}
    return rest | {f"{PREFIX}{name}": value for name, value in settings.items()} | {"PYTHONUNBUFFERED": "1"}

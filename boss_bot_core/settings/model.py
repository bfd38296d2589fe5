"""All settings as one frozen value, which the composition root takes apart and hands out."""

import attrs
import typed_settings as ts

from boss_bot_core.errors import SettingsError
from boss_bot_core.settings.discord import DiscordSettings
from boss_bot_core.settings.sections import BotSettings, DownloadSettings, LogSettings, NetworkSettings, QueueSettings
from boss_bot_core.settings.storage import StorageSettings


@attrs.frozen(kw_only=True)
class Settings:
    """Every setting of the program; a group of each concern.

    Attributes:
        bot: How the bot meets Discord.
        discord: Where Discord is, what it takes, and how its people steer downloads.
        queue: How many downloads wait, run and are tried again.
        download: What one download may use.
        network: Where downloads may connect to, and how fast.
        storage: Where things are kept, how much and how long.
        log: What is logged.
    """

    bot: BotSettings = attrs.field(factory=BotSettings)
    discord: DiscordSettings = attrs.field(factory=DiscordSettings)
    queue: QueueSettings = attrs.field(factory=QueueSettings)
    download: DownloadSettings = attrs.field(factory=DownloadSettings)
    network: NetworkSettings = attrs.field(factory=NetworkSettings)
    storage: StorageSettings = attrs.field(factory=StorageSettings)
    log: LogSettings = attrs.field(factory=LogSettings)


def find_token(bot: BotSettings) -> ts.Secret[str] | None:
    """Return the bot's token, out of the settings or the token file; None where neither is set.

    Read only when the bot starts: no other command needs the secret.

    Raises:
        SettingsError: The token file cannot be read or is empty.
    """
    if bot.token is not None or bot.token_file is None:
        return bot.token
    try:
        text = bot.token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"token_file: {bot.token_file} cannot be read ({type(error).__name__}).") from error
    if not text:
        raise SettingsError(f"token_file: {bot.token_file} is empty.")
    return ts.Secret(text)

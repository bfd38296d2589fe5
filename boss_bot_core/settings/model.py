"""All settings as one frozen value; the composition root passes its sections to the packages."""

import attrs
import typed_settings as ts

from boss_bot_core.errors import SettingsError
from boss_bot_core.settings.conversion import ConversionSettings
from boss_bot_core.settings.discord import DiscordSettings
from boss_bot_core.settings.layer import PluginLayer
from boss_bot_core.settings.parsers import read_text_file
from boss_bot_core.settings.sections import BotSettings, DownloadSettings, LogSettings, NetworkSettings, QueueSettings
from boss_bot_core.settings.storage import StorageSettings


@attrs.frozen(kw_only=True)
class Settings:
    """Every setting of the program, in one section for each concern.

    Attributes:
        bot: Token and command prefix of the bot.
        discord: Discord's addresses, its upload limit, and the controls of downloads.
        queue: Numbers of waiting and running downloads, and of attempts.
        download: Limits and inputs of one download.
        conversion: Resources of a conversion, and the size of its results.
        network: Networks that downloads may reach, and their bandwidth.
        storage: Folders, retention and quotas.
        log: Level and rotation of the log.
        plugins: The values for plugins of each source, the strongest last.
    """

    bot: BotSettings = attrs.field(factory=BotSettings)
    discord: DiscordSettings = attrs.field(factory=DiscordSettings)
    queue: QueueSettings = attrs.field(factory=QueueSettings)
    download: DownloadSettings = attrs.field(factory=DownloadSettings)
    conversion: ConversionSettings = attrs.field(factory=ConversionSettings)
    network: NetworkSettings = attrs.field(factory=NetworkSettings)
    storage: StorageSettings = attrs.field(factory=StorageSettings)
    log: LogSettings = attrs.field(factory=LogSettings)
    plugins: tuple[PluginLayer, ...] = ()


def find_token(bot: BotSettings) -> ts.Secret[str] | None:
    """Return the bot's token from the settings or the token file; None if neither is set.

    It is read only when the bot starts, because no other command needs the secret.

    Raises:
        SettingsError: The token file cannot be read, is empty or has more than a token.
    """
    if bot.token is not None or bot.token_file is None:
        return bot.token
    try:
        text = read_text_file(bot.token_file).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"token_file: {bot.token_file} cannot be read ({type(error).__name__}).") from error
    if not text:
        raise SettingsError(f"token_file: {bot.token_file} is empty.")
    if not text.isprintable():
        raise SettingsError(f"token_file: {bot.token_file} has more than one line.")
    return ts.Secret(text)

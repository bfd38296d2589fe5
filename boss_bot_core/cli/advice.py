"""The advice of errors in the words for the person at the terminal, who has the settings and the log.

Errors are stored and sent with their advice for users in Discord, because the same download is shown in both places.
"""

from collections.abc import Iterable

from boss_bot_core import errors
from boss_bot_core.delivery.deliverer import DeliveryRefusedError
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import FitChoice

_LOG = "the log file in the data folder tells more"

_ADVICE = {
    errors.AuthRequiredError.advice: (
        'Set cookies for this site: `{plugin} = "cookies.txt"` below `[cookies]` in config.toml, or '
        "BOSS_BOT_COOKIES={plugin}=cookies.txt."
    ),
    errors.AuthRequiredError.renewal_advice: "Export the cookies of `{plugin}` for this site again.",
    errors.DownloadFailedError.advice: f"Try again; if it stays, {_LOG}.",
    errors.EngineBrokenError.advice: f"Try again later; if it stays, {_LOG}.",
    errors.InternalError.advice: f"This is a bug; {_LOG}.",
    errors.DiskFullError.advice: "Free some space, then try again.",
    errors.NoRoomError.advice: "Try again when other downloads have ended, or raise `temp_storage_bytes`.",
    errors.RoomExceededError.advice: "Ask for a smaller version, free some space, or raise `temp_storage_bytes`.",
    errors.QuotaExceededError.advice: "Try again tomorrow, or raise `guild_daily_bytes`.",
    errors.UnsupportedUrlError.advice: "`boss-bot plugins` lists what is supported.",
    errors.FfmpegMissingError.advice: "Install ffmpeg, or the package `boss-bot-core[ffmpeg]`.",
    errors.DownloadTimeoutError.advice: "Try again later, or ask for a smaller version with `--quality`.",
    errors.FileTooLargeError.advice: "Ask for a smaller version with `--quality`, or raise `--max-file-size`.",
    DeliveryRefusedError.advice: f"The files are kept for a while; {_LOG}.",
    errors.ChoiceNeededError.advice: "Give the same command again with {choices}; nothing is fetched again.",
    errors.BlockedError.advice: "Only public addresses can be fetched; `allowed_private_networks` allows others.",
}
"""The advice for the operator, by the advice for users in Discord."""


def advise_operator(message: str, plugin: str = "PLUGIN", choices: Iterable[FitChoice] = ()) -> str:
    """Return the message of an error with the advice for the operator.

    Args:
        message: What happened, and the advice for users in Discord.
        plugin: The plugin whose settings may help.
        choices: The possible answers, if the error asks for a decision.
    """
    for advice, own in _ADVICE.items():
        if advice in message:
            answers = " or ".join(f"`--fit {choice}`" for choice in choices)
            return message.replace(advice, own.format(plugin=plugin, choices=answers))
    return message


def get_error_message(item: DownloadItem) -> str:
    """Return the message of an item's last error, with the advice for the operator."""
    return advise_operator(item.error_message or "", item.plugin, item.choices)

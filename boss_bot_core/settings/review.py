"""The review of loaded settings: values that contradict each other or have no effect, and secrets that others can read.

Each finding is one sentence for the operator, told at every start; none of them keeps the bot from working.
"""

import ipaddress
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from boss_bot_core.domain.sizes import format_size
from boss_bot_core.settings.catalog import ENV_PREFIX, list_definitions
from boss_bot_core.settings.load import ResolvedSettings
from boss_bot_core.settings.model import Settings


def review_settings(resolved: ResolvedSettings) -> Iterator[str]:
    """Yield a sentence for each finding."""
    settings = resolved.settings
    yield from _review_sizes(settings)
    yield from _review_numbers(settings)
    yield from _review_names(settings)
    for name, path in _list_secret_files(resolved):
        if _can_others_read(path):
            yield f"{name}: every user of this machine can read {path}; run: chmod 600 {path}"


def _review_sizes(settings: Settings) -> Iterator[str]:
    download, storage = settings.download, settings.storage
    file_bytes, all_bytes = download.max_file_size_bytes, download.max_download_bytes
    file_size, all_size = format_size(file_bytes), format_size(all_bytes)
    if settings.discord.upload_limit_bytes > file_bytes:
        upload_size = format_size(settings.discord.upload_limit_bytes)
        yield f"upload_limit_mb allows {upload_size}, but max_file_size_mb lets no file over {file_size} be fetched."
    if file_bytes > all_bytes:
        yield f"max_file_size_mb allows {file_size}, but max_download_bytes lets a download bring {all_size} only."
    if storage.temp_storage_bytes < all_bytes:
        temp_size = format_size(storage.temp_storage_bytes)
        yield f"temp_storage_bytes has {temp_size} for all downloads, but max_download_bytes lets one bring {all_size}."
    if storage.guild_daily_bytes < file_bytes:
        daily_size = format_size(storage.guild_daily_bytes)
        yield f"guild_daily_bytes allows {daily_size} a day, less than one file of max_file_size_mb ({file_size})."


def _review_numbers(settings: Settings) -> Iterator[str]:
    queue, download, network = settings.queue, settings.download, settings.network
    if queue.max_downloads_per_user > queue.max_concurrent_downloads:
        running, allowed = queue.max_concurrent_downloads, queue.max_downloads_per_user
        yield f"max_downloads_per_user allows {allowed}, but max_concurrent_downloads lets only {running} run."
    longest_s = download.wall_clock_s
    if download.stall_s > longest_s:
        yield f"stall_s ({download.stall_s:g}) has no effect: wall_clock_s ({longest_s:g}) ends an attempt first."
    rates = [rate for rate in (network.download_bytes_per_s, network.total_bytes_per_s) if rate is not None]
    if rates and min(rates) * longest_s * queue.max_attempts < download.max_file_size_bytes:
        file_size, rate = format_size(download.max_file_size_bytes), format_size(min(rates))
        yield f"At {rate} a second, wall_clock_s ({longest_s:g}) ends all attempts before a file has {file_size}."
    if len(rates) > 1 and rates[0] > rates[1]:
        yield "download_bytes_per_s has no effect: total_bytes_per_s is lower."


def _review_names(settings: Settings) -> Iterator[str]:
    if settings.bot.token is not None and settings.bot.token_file is not None:
        yield "token_file is not read, because token is set."
    for name in settings.download.worker_environment:
        if name.startswith(ENV_PREFIX):
            yield f"worker_environment shows {name}, which may be a secret, to every download process."
        elif name not in os.environ:
            yield f"worker_environment names {name}, but there is no such variable."
    for host, endpoint in settings.network.host_overrides.items():
        address = ipaddress.ip_address(endpoint.rpartition(":")[0].strip("[]"))
        if not address.is_global and not any(address in net for net in settings.network.allowed_private_networks):
            yield f"host_overrides leads {host} to {address}, which allowed_private_networks does not allow."


def _list_secret_files(resolved: ResolvedSettings) -> Iterator[tuple[str, Path]]:
    settings, file = resolved.settings, resolved.config_file
    confidential = [name for name, entry in list_definitions().items() if entry.is_confidential]
    if any(resolved.sources.get(name) == str(file) for name in confidential):
        yield file.name, file
    if settings.bot.token_file is not None:
        yield "token_file", settings.bot.token_file
    for platform, path in settings.download.cookies.items():
        yield f"cookies for {platform}", path
    if settings.storage.database_file is not None:
        yield "database_url", settings.storage.database_file


def _can_others_read(path: Path) -> bool:
    """Return whether the file and all folders above it are open to users of other groups."""
    try:
        real = path.resolve()
        can_enter = all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents)
        return can_enter and bool(real.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False  # a file that is not there, or that only others can reach, is told where it is read

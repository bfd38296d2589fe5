"""The sections of the settings, one for each concern that reads them.

A setting has one flat name everywhere: the attribute, the key in `config.toml`, and `BOSS_BOT_…` in capitals in the
environment. The text below each setting is its documentation, which `boss-bot settings` and the docs show.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import attrs
import typed_settings as ts
from typed_settings.types import SecretRepr

from boss_bot_core.domain.preferences import MAX_RETRIES
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.settings.converter import CookieFiles, ExistingFile
from boss_bot_core.settings.network_parsers import Endpoints, Networks
from boss_bot_core.settings.parsers import Count, LogLevel, Megabytes, Names, Prefix, Seconds, Size

EMPTY: Mapping[str, object] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class BotSettings:
    """Token and command prefix of the bot."""

    token: ts.Secret[str] | None = attrs.field(default=None, repr=SecretRepr())
    """Discord's bot token. Better kept in the environment or in `token_file` than in config.toml."""
    token_file: Path | None = None
    """File that holds the token as container platforms hand out secrets; read where no token is set."""
    command_prefix: Prefix = "$"
    """What a command in a channel starts with, where the server has not chosen another prefix."""


@attrs.frozen(kw_only=True)
class QueueSettings:
    """Numbers of waiting and running downloads, and of attempts."""

    max_concurrent_downloads: Count = 5
    """Downloads that run at the same time."""
    max_queue_size: Count = 50
    """Downloads that may wait; one more is refused."""
    max_downloads_per_user: Count = 2
    """Downloads of one person that run at the same time."""
    max_downloads_per_day: Count = 10
    """Downloads of one person in a day (UTC); a server, premium people and admins can have other numbers."""
    max_attempts: Count = 1 + MAX_RETRIES
    """Most attempts before a download counts as failed. Without a choice of its requester, it has three retries."""


@attrs.frozen(kw_only=True)
class DownloadSettings:
    """Limits and inputs of one download."""

    max_file_size_mb: Megabytes = 50
    """Largest file that is fetched, in units of 1,048,576 bytes."""
    max_download_bytes: Size = 500 * MEGABYTE
    """Most bytes that one download may bring over the network, all its files together."""
    wall_clock_s: Seconds = 300.0
    """Longest time that one attempt may take."""
    stall_s: Seconds = 30.0
    """Longest time without a sign of progress."""
    worker_memory_bytes: Size = 1024 * MEGABYTE
    """Memory that one download's processes may use together."""
    worker_environment: Names = ()
    """Names of further environment variables that download processes may see."""
    ffmpeg: ExistingFile | None = None
    """The ffmpeg to use; without it, the system's, or else the one of `boss-bot-core[ffmpeg]`."""
    cookies: CookieFiles = attrs.field(default=EMPTY, repr=False)
    """Cookie files in Netscape or JSON format, by plugin."""
    disabled_plugins: Names = ()
    """Names of installed plugins that are not loaded."""

    @property
    def max_file_size_bytes(self) -> int:
        """`max_file_size_mb` in bytes."""
        return self.max_file_size_mb * MEGABYTE

    def read_worker_environment(self) -> dict[str, str]:
        """Return the variables of `worker_environment` that are set."""
        return {name: os.environ[name] for name in self.worker_environment if name in os.environ}


@attrs.frozen(kw_only=True)
class NetworkSettings:
    """Networks that downloads may reach, and their bandwidth."""

    allowed_private_networks: Networks = ()
    """Networks that may be reached although they are not public. Empty means none."""
    host_overrides: Endpoints = attrs.field(default=EMPTY)
    """Address and port to dial for a host, or with a leading dot for all hosts below it; not exempt from the policy."""
    ca_file: ExistingFile | None = None
    """A further certificate authority to trust, in PEM form, such as an inspecting proxy's."""
    download_bytes_per_s: Size | None = None
    """Most bytes per second for one download. Not set means no limit."""
    total_bytes_per_s: Size | None = None
    """Most bytes per second for all downloads together. Not set means no limit."""


@attrs.frozen(kw_only=True)
class LogSettings:
    """Level of the log, and how much of it is kept."""

    log_level: LogLevel = "INFO"
    """Least level that is logged; DEBUG and TRACE also show the values of variables in the console's tracebacks."""
    log_rotation_bytes: Size = 10 * MEGABYTE
    """Size at which a new log file is begun."""
    log_files_kept: Count = 10
    """Full log files that are kept."""

"""Hook implementations only: the bot imports this module."""

from boss_bot_clamav._settings import ClamavSettings
from boss_bot_core.plugin import FileToInspect, HealthRequest, hookimpl


@hookimpl
def bossbot_settings() -> type[ClamavSettings]:
    """Let the operator say where clamd listens, and whether files may pass without it."""
    return ClamavSettings


@hookimpl
def bossbot_check_health(request: HealthRequest[ClamavSettings]) -> tuple[str, ...]:
    """Tell why files are not scanned, if they are not."""
    from boss_bot_clamav._inspection import check_health

    return check_health(request.settings)


@hookimpl
def bossbot_inspect_file(file: FileToInspect[ClamavSettings]) -> None:
    """Scan a file."""
    from boss_bot_clamav._inspection import inspect_file

    inspect_file(file)


@hookimpl
def bossbot_warm_up() -> None:
    """Import the client, so that all workers forked later have it."""
    from boss_bot_clamav import _inspection  # noqa: F401 - importing is what this is for

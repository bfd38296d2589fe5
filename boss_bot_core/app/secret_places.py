"""The check that no secret lies where workers may read: beside the installed code, or below it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from boss_bot_core.errors import SettingsError
from boss_bot_core.settings import CONFIG_FILE_VARIABLE, Settings, find_config_file


def check_secret_places(settings: Settings, readable: Iterable[Path]) -> None:
    """Check that no secret lies where every worker may read.

    Args:
        settings: The settings.
        readable: The files and folders that every worker may read.

    Raises:
        SettingsError: A folder or file of the settings lies there.
    """
    code = {path.resolve() for path in readable}
    for name, path in _list_secret_places(settings):
        places = code & {path.resolve(), *path.resolve().parents}
        if places:
            raise SettingsError(
                f"{name}: {path} lies below {max(places)}, which every download process may read because installed "
                "code lies there; choose a place outside."
            )


def _list_secret_places(settings: Settings) -> Iterator[tuple[str, Path]]:
    folders, storage = settings.storage.folders, settings.storage
    for folder in (folders.data, folders.cache, folders.logs):
        yield "data_dir", folder
    if storage.database_file is not None:
        yield "database_url", storage.database_file
    if settings.bot.token_file is not None:
        yield "token_file", settings.bot.token_file
    for platform, path in settings.download.cookies.items():
        yield f"cookies for {platform}", path
    yield CONFIG_FILE_VARIABLE, find_config_file()

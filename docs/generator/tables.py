"""The generated tables of the manual: settings, error codes and states."""

from collections.abc import Iterable

from boss_bot_core import errors
from boss_bot_core.app.plugin_reference import describe_plugin_settings
from boss_bot_core.domain.status import TRANSITIONS
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import SettingRow, Settings, describe_settings

SETTING_TITLES = ("Setting", "Environment", "Default", "Meaning")

TITLES = {"bot": "The bot", "download": "One download"}
"""Titles of setting groups whose name is not clear enough as a title."""


def build_settings_tables() -> str:
    """Return one table for each group of settings, with the defaults of a new installation."""
    rows = describe_settings()
    parts = []
    for group in dict.fromkeys(row.group for row in rows):
        table = _format_table(
            SETTING_TITLES,
            (_build_setting_cells(row) for row in rows if row.group == group),
        )
        parts.append(f"## {TITLES.get(group, group.capitalize())}\n\n{table}")
    return "\n\n".join(parts)


def build_plugin_settings_table() -> str:
    """Return one table of the settings of all plugins of this repository."""
    rows = describe_plugin_settings(Settings(), PluginManager.load())
    return _format_table(SETTING_TITLES, map(_build_setting_cells, rows))


def build_error_table() -> str:
    """Return the table of error codes."""
    known = sorted(list_error_classes(), key=lambda cls: cls.code.value)
    return _format_table(
        ("Code", "Meaning", "Retried automatically", "Next plugin tried", "Advice to the user"),
        (
            (f"`{cls.code}`", _get_summary(cls), _format_bool(cls.retryable), _format_bool(cls.try_next), cls.advice)
            for cls in known
        ),
    )


def build_transition_table() -> str:
    """Return the table of states, each with the states that can follow it."""
    rows = ((f"`{state}`", _format_states(following)) for state, following in TRANSITIONS.items())
    return _format_table(("State", "Next states"), rows)


def list_error_classes() -> list[type[DownloadFailedError]]:
    """Return the classes of all errors that end a download without files."""
    found = (getattr(errors, name) for name in errors.__all__)
    classes = [cls for cls in found if isinstance(cls, type) and issubclass(cls, DownloadFailedError)]
    return [cls for cls in classes if cls is not DownloadFailedError]


def _build_setting_cells(row: SettingRow) -> tuple[str, ...]:
    default = f"`{row.default}`" if row.default else "none"
    return f"`{row.name}`", f"`{row.env}`", default, row.help


def _get_summary(cls: type[DownloadFailedError]) -> str:
    return (cls.__doc__ or "").partition("\n")[0]


def _format_states(states: Iterable[str]) -> str:
    return ", ".join(f"`{state}`" for state in sorted(states)) or "none (final)"


def _format_bool(value: bool) -> str:  # noqa: FBT001 - the value is the whole content of a cell
    return "yes" if value else "no"


def _format_table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |" for cells in lines)

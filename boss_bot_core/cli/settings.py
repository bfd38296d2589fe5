"""The commands `boss-bot settings`: show the settings with their sources, and write a first config.toml."""

import typer

from boss_bot_core.cli.output import AsJson, print_json, print_table
from boss_bot_core.errors import SettingsError
from boss_bot_core.settings import (
    config_template,
    describe_settings,
    find_config_file,
    load_with_sources,
    review_settings,
)

app = typer.Typer(help="Show the settings, or write a first config.toml.", no_args_is_help=True)


@app.command("show")
def show_settings(*, as_json: AsJson = False) -> None:
    """Show every setting with its value and where that is written; secrets stay hidden."""
    resolved = load_with_sources()
    for finding in review_settings(resolved):
        typer.echo(finding, err=True)
    # The plugins are loaded here only: the other commands need nothing of them.
    from boss_bot_core.app.plugin_reference import describe_plugin_settings  # noqa: PLC0415 - see above
    from boss_bot_core.plugin.manager import PluginManager  # noqa: PLC0415

    plugins = PluginManager.load(resolved.settings.download.disabled_plugins)
    rows = (*describe_settings(resolved), *describe_plugin_settings(resolved.settings, plugins))
    if as_json:
        print_json({row.name: {"value": row.value, "source": row.source} for row in rows})
        return
    titles = ("setting", "value", "source", "what it does")
    print_table(titles, ((row.name, row.value, row.source, row.help) for row in rows))


@app.command("path")
def print_path() -> None:
    """Print the path of config.toml, whether it is there or not."""
    typer.echo(find_config_file())


@app.command("init")
def write_config_file() -> None:
    """Write a config.toml in which everything is explained and nothing is changed; an existing one is kept."""
    from boss_bot_core.app.plugin_reference import build_plugin_template  # noqa: PLC0415 - see above
    from boss_bot_core.plugin.manager import PluginManager  # noqa: PLC0415

    file = find_config_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # The operator may write a token into the file, so only the owner may read it.
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(f"{config_template()}{build_plugin_template(PluginManager.load())}", encoding="utf-8")
    except FileExistsError as exc:
        raise SettingsError(f"{file} is already there; it was not changed.") from exc
    except OSError as exc:
        raise SettingsError(f"{file} cannot be written: {exc.strerror}.") from exc
    typer.echo(f"Wrote {file}")

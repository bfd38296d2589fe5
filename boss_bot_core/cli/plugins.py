"""The commands `boss-bot plugins`: list the installed plugins, and explain which of them would fetch a link."""

import asyncio

import typer
from rich.console import Console
from rich.table import Table

from boss_bot_core.app.cookies import CookieStore, unused_cookie_warnings
from boss_bot_core.cli.exit_codes import EXIT_FAILED
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.routing import Route, build_route, read_link
from boss_bot_core.settings import load

app = typer.Typer(help="Show the plugins, or why one of them takes a link.")


@app.callback(invoke_without_command=True)
def list_by_default(context: typer.Context) -> None:
    """Show the plugins."""
    if context.invoked_subcommand is None:
        list_plugins()


@app.command("list")
def list_plugins() -> None:
    """Show the plugins in use, and those that are not, with the reason."""
    settings = load()
    manager = PluginManager.load(settings.download.disabled_plugins)
    cookies = {each.plugin: each.text for each in CookieStore(settings.download.cookies).states()}
    table = Table("plugin", "platform", "command", "package", "state", "cookies")
    for plugin in manager.loaded.values():
        platform = plugin.platform
        alias = f"{settings.bot.command_prefix}{platform.alias}" if platform and platform.alias else ""
        package = f"{plugin.distribution} {plugin.version}"
        table.add_row(
            plugin.name, platform.title if platform else "", alias, package, "in use", cookies.get(plugin.name)
        )
    for failure in manager.failures:
        state = "off" if failure.disabled else "FAILED"
        table.add_row(
            failure.name, "", "", failure.distribution, f"{state}: {failure.reason}", cookies.get(failure.name)
        )
    Console(width=None if Console().is_terminal else 200).print(table)
    for sentence in unused_cookie_warnings(settings, manager):
        typer.echo(sentence, err=True)


@app.command("why")
def explain_route(url: str = typer.Argument(help="The link to ask about.")) -> None:
    """Show which plugins would fetch a link, in which order, and why."""
    route = asyncio.run(_find_route(url))
    typer.echo(f"{route.link.url}")
    for explanation in route.explanations:
        rank = f"{explanation.rank}." if explanation.rank else "-"
        typer.echo(f"  {rank:<3}{explanation.plugin}: {explanation.reason}")
        if explanation.match is not None and explanation.rank:
            typer.echo(f"     {explanation.match.media_key} → {explanation.match.url}")
    if not route.candidates:
        raise typer.Exit(EXIT_FAILED)


async def _find_route(url: str) -> Route:
    manager = PluginManager.load(load().download.disabled_plugins)
    link = read_link(url).link
    return build_route(link, manager.match(link))

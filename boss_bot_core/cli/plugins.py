"""The commands `boss-bot plugins`: list the installed plugins, and explain which of them would fetch a link."""

import asyncio
from typing import Annotated

import attrs
import typer

from boss_bot_core.app.cookies import CookieStore
from boss_bot_core.app.plugin_settings import load_plugins, unused_value_warnings
from boss_bot_core.app.worker_setup import NO_FFMPEG
from boss_bot_core.cli.exit_codes import EXIT_FAILED
from boss_bot_core.cli.new_plugin import write_plugin
from boss_bot_core.cli.output import AsJson, print_json, print_table
from boss_bot_core.plugin import find_ffmpeg
from boss_bot_core.routing import Explanation, Route, build_route, read_link
from boss_bot_core.settings import load

_TITLES = ("plugin", "platform", "command", "package", "state", "cookies", "health")

app = typer.Typer(help="Show the plugins, or why one of them takes a link, or begin a new plugin.")

app.command("new")(write_plugin)


@app.callback(invoke_without_command=True)
def list_by_default(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show the plugins."""
    if context.invoked_subcommand is None:
        list_plugins(as_json=as_json)
    elif as_json:
        raise typer.BadParameter(f"write it after the command: boss-bot plugins {context.invoked_subcommand} --json")


@app.command("list")
def list_plugins(*, as_json: AsJson = False) -> None:
    """Show the plugins in use, and those that are not, with the reason."""
    settings = load()
    manager = load_plugins(settings)
    # A plugin may be unable to use the engine that is installed; only the warm-up shows that.
    manager.engines.warm_up(manager.engines.cold)
    store = CookieStore(settings.download.cookies)
    cookies = {each.plugin: each.text for each in store.states()}
    hints = manager.check_health(store.has_usable)
    rows = []
    for plugin in manager.loaded.values():
        platform = plugin.platform
        alias = f"{settings.bot.command_prefix}{platform.alias}" if platform and platform.alias else ""
        package = f"{plugin.distribution} {plugin.version}"
        title = platform.title if platform else ""
        health = [hint.text for hint in hints if hint.plugin == plugin.name]
        rows.append((plugin.name, title, alias, package, "in use", cookies.get(plugin.name, ""), health))
    for failure in manager.failures:
        state = f"{'off' if failure.disabled else 'FAILED'}: {failure.reason}"
        rows.append((failure.name, "", "", failure.distribution, state, cookies.get(failure.name, ""), []))
    if as_json:
        print_json([dict(zip(_TITLES, row, strict=True)) for row in rows])
    else:
        print_table(_TITLES, ((*cells, "\n".join(health)) for *cells, health in rows))
    for sentence in unused_value_warnings(settings, manager):
        typer.echo(sentence, err=True)
    if settings.download.ffmpeg is None and find_ffmpeg() is None:
        typer.echo(NO_FFMPEG, err=True)


@app.command("why")
def explain_route(
    url: Annotated[str, typer.Argument(help="The link to ask about.")], *, as_json: AsJson = False
) -> None:
    """Show which plugins would fetch a link, in which order, and why."""
    route = asyncio.run(_find_route(url))
    if as_json:
        print_json({"url": route.link.url, "plugins": [_build_object(each) for each in route.explanations]})
    else:
        typer.echo(f"{route.link.url}")
        for explanation in route.explanations:
            rank = f"{explanation.rank}." if explanation.rank else "-"
            typer.echo(f"  {rank:<3}{explanation.plugin}: {explanation.reason}")
            if explanation.match is not None and explanation.rank:
                typer.echo(f"     {explanation.match.media_key} → {explanation.match.url}")
    if not route.candidates:
        raise typer.Exit(EXIT_FAILED)


def _build_object(explanation: Explanation) -> dict[str, object]:
    match = explanation.match if explanation.rank else None
    return {
        "plugin": explanation.plugin,
        "rank": explanation.rank or None,
        "reason": explanation.reason,
        "media_key": match.media_key if match else None,
        "url": match.url if match else None,
    }


async def _find_route(url: str) -> Route:
    manager = load_plugins(load())
    link = read_link(url).link
    route = build_route(link, manager.match(link))
    missing = (
        Explanation(plugin=failure.name, rank=None, reason=f"not in use: {failure.reason}")
        for failure in manager.failures
    )
    return attrs.evolve(route, explanations=(*route.explanations, *missing))

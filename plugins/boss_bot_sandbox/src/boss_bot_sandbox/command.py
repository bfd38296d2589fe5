"""The command ``boss-bot sandbox``: its options and exit codes.

The modules that do the work are imported inside the command, because every start of the command line imports this one.
"""

import asyncio
import errno
from collections.abc import Coroutine
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

EXIT_FAILED = 1
EXIT_USAGE = 2

T = TypeVar("T")


class UserName(StrEnum):
    """The users of the standard guild: Olivia owns the bot, Milo is a moderator, Ada and Bob are plain members."""

    ADA = "ada"
    BOB = "bob"
    MILO = "milo"
    OLIVIA = "olivia"


def command(
    *,
    say: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="Say this in #general, print what happens and leave; may be repeated."),
    ] = None,
    user: Annotated[
        UserName, typer.Option("--as", help="Who speaks: Olivia runs the bot, Milo moderates.")
    ] = UserName.ADA,
    tier: Annotated[int, typer.Option(min=0, max=3, help="The server's boost tier: what one file may weigh.")] = 0,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the web page; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the web page.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print what happens as one JSON object a line.")] = False,
    log: Annotated[bool, typer.Option("--log", help="Show what the bot logs.")] = False,
    samples: Annotated[bool, typer.Option("--samples", help="List the links to try, and leave.")] = False,
) -> None:
    """Try the bot without Discord, without a token and without internet.

    A local Discord and a small media site are started, and the real bot between them. A web page shows the channel;
    --say does the same in the terminal and leaves with 0 when the file arrived (after $dlq and the like, the answer),
    with 1 when it did not.
    """
    from boss_bot_sandbox.harness import samples as sample_links  # noqa: PLC0415 - loads engines and servers
    from boss_bot_sandbox.modes import HarnessOptions, run_page, run_script  # noqa: PLC0415 - see above
    from boss_bot_sandbox.script.script import InvalidTextError, Script  # noqa: PLC0415 - see above

    if samples:
        for sample in sample_links.list_samples():
            typer.echo(f"sample:{sample.name:22} {sample.about}\n{'':29} {sample.url}")
        return
    options = HarnessOptions(port=port, boost_tier=tier, browser=browser, show_log=log)
    if not say:
        _run_async(run_page(options), port)
        return
    try:
        script = Script(texts=[sample_links.expand_samples(text) for text in say], user=user.value, as_json=as_json)
    except (sample_links.UnknownSampleError, InvalidTextError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EXIT_USAGE) from None
    if not _run_async(run_script(options, script), port):
        raise typer.Exit(EXIT_FAILED)


def _run_async(coroutine: Coroutine[None, None, T], port: int) -> T:
    try:
        return asyncio.run(coroutine)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        typer.echo(f"Port {port} cannot be used here; another --port, or none, takes a free one.", err=True)
        raise typer.Exit(EXIT_USAGE) from None

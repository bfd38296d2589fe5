"""Pages of help, built from the texts of platforms and commands."""

from typing import Any

import pytest
from discord.ext import commands

from boss_bot_core.bot.cogs._command_help import read_help
from boss_bot_core.bot.cogs._platform_commands import build_platform_command
from boss_bot_core.bot.cogs.help import HelpPages
from boss_bot_core.bot.context.download_command import PlatformCommand
from boss_bot_core.bot.texts.help import MAX_HELP_LENGTH, CommandHelp
from boss_bot_core.plugin.matching import Platform

TWITTER = Platform(
    name="twitter",
    title="X/Twitter",
    description="Download from Twitter",
    alias="dlt",
    examples=("https://twitter.com/user/status/123",),
    notes=("Supports single tweets and threads", "Supported formats: Images, Videos"),
)

PRD = """\
$dlt: Download from Twitter
Usage: $dlt <url> [priority]

Examples:
  $dlt https://twitter.com/user/status/123
  $dlt https://twitter.com/user/status/123 high

Notes:
- Supports single tweets and threads
- Supported formats: Images, Videos
- Max file size: 50MB"""


async def ignore_submission(_context: commands.Context[Any], _text: str, _command: PlatformCommand) -> None:
    """Replace the download cog's handler."""


@pytest.fixture
def dlt() -> commands.Command[Any, ..., Any]:
    command = PlatformCommand(plugin="twitter", alias="dlt", title="X/Twitter", example=TWITTER.examples[0])
    return build_platform_command(TWITTER, command, ignore_submission)


def test_a_platforms_command_has_the_prds_page(dlt: commands.Command[Any, ..., Any]) -> None:
    assert read_help(dlt).render("$dlt", "50MB") == f"```\n{PRD}\n```"


def test_a_page_uses_the_configured_prefix(dlt: commands.Command[Any, ..., Any]) -> None:
    assert "!dlt: Download" in HelpPages([TWITTER]).render("!dlt", {"dlt": dlt}, "50MB", "!")


def test_the_sites_are_listed_with_their_commands_and_not_with_those_of_the_bot(
    dlt: commands.Command[Any, ..., Any],
) -> None:
    pages = HelpPages([TWITTER])
    assert "X/Twitter ($dlt): " in pages.render("sites", {"dlt": dlt}, "50MB", "$")
    other: commands.Command[Any, ..., Any] = commands.Command(dlt.callback, name="dlt", help="Settings")
    assert "X/Twitter: " in pages.render("sites", {"dlt": other}, "50MB", "$")
    assert "X/Twitter: " in pages.render("sites", {}, "50MB", "$")


def test_a_hidden_command_has_a_page_and_is_not_listed(dlt: commands.Command[Any, ..., Any]) -> None:
    dlt.hidden = True
    pages = HelpPages([TWITTER])
    assert "$dlt " not in pages.render(None, {"dlt": dlt}, "50MB", "$")
    assert pages.render("/DLT", {"dlt": dlt}, "50MB", "$").startswith("```\n$dlt: ")


def test_a_page_of_any_plugin_fits_into_a_message() -> None:
    page = CommandHelp(summary="`" * 50, notes=tuple(["@everyone ```" * 20] * 20))
    text = page.render("$x", "1MB")
    assert len(text) <= MAX_HELP_LENGTH + 8
    assert text.count("```") == 2

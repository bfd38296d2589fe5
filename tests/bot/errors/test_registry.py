"""Every expected exception has its own text, and all others share one."""

import inspect
from types import SimpleNamespace
from typing import Any
from unittest.mock import create_autospec

import aiohttp
import discord
import pytest
from discord import app_commands
from discord.ext import commands

import boss_bot_core.errors
from boss_bot_core.bot.errors import answer_for, registry
from boss_bot_core.bot.errors.registry import unwrap
from boss_bot_core.bot.exceptions import (
    CommandRefusedError,
    MissingPermissionsError,
    NoLinkError,
    WrongPlatformError,
)
from boss_bot_core.bot.language import LazyText
from boss_bot_core.chat_settings.setting import SettingRefusedError
from boss_bot_core.errors import ChoiceNeededError, DownloadFailedError, QueueFullError, UnsupportedUrlError
from boss_bot_core.queue.errors import UnknownItemError


def answered(status: int, code: int = 0) -> aiohttp.ClientResponse:
    response: aiohttp.ClientResponse = create_autospec(aiohttp.ClientResponse, instance=True)
    response.status, response.reason = status, "why"
    return response


def http(cls: type[discord.HTTPException], status: int, code: int = 0) -> discord.HTTPException:
    return cls(answered(status), {"code": code, "message": "text"})


EXPECTED: list[tuple[Exception, str]] = [
    (NoLinkError(), "❌ I can't read a link in that. Example: `$dl https://…`"),
    (MissingPermissionsError(["Attach Files"]), "⚠ I need **Attach Files** here."),
    (
        WrongPlatformError("a.b", "X", "https://x.com/1"),
        "❌ That `a.b` link isn't one to X that I can fetch, such as `https://x.com/1`. `$dl` takes",
    ),
    (CommandRefusedError(LazyText("no")), "no"),
    (QueueFullError("The queue is full (50)."), "🕒 The queue is full (50)."),
    (
        UnsupportedUrlError("a.b isn't supported."),
        "❌ a.b isn't supported. `$dlh sites`, or `boss-bot plugins`, lists what is supported.",
    ),
    (UnknownItemError("abc"), "❌ There is no download #abc. `$dlq` shows the ids."),
    (UnknownItemError("**x**\u202e"), "❌ There is no download #\\*\\*x\\*\\*. `$dlq` shows the ids."),
    (SettingRefusedError("`bar` takes dots."), "❌ `bar` takes dots."),
    (commands.NotOwner(), "⛔ Only the bot's owner can do that."),
    (commands.NoPrivateMessage(), "❌ That works in a server only."),
    (commands.MissingPermissions(["manage_guild"]), "⛔ You need **Manage Server** for that."),
    (commands.BotMissingPermissions(["attach_files"]), "⚠ I need **Attach Files** here."),
    (commands.BadArgument("a *number*"), "❌ I don't understand that: a \\*number\\* `$dlh` explains it."),
    (commands.CheckFailure(), "⛔ You may not do that here."),
    (app_commands.CheckFailure(), "⛔ You may not do that here."),
    (app_commands.CommandNotFound("dl", []), "🔁 This command has changed."),
    (http(discord.Forbidden, 403, 50_013), "⚠ Discord does not let me do that here."),
    (http(discord.NotFound, 404, 10_008), "❌ That is not there any more."),
    (http(discord.HTTPException, 400, 50_035), "❌ Discord did not take that (error 50035)."),
    (http(discord.DiscordServerError, 502), "🔌 Discord did not answer me."),
    (
        commands.CommandOnCooldown(commands.Cooldown(1, 5), 4.4, commands.BucketType.user),
        "⏳ Not so fast. Try again in 4 seconds.",
    ),
    (commands.MaxConcurrencyReached(1, commands.BucketType.user), "⏳ That is being done already."),
    (commands.DisabledCommand(), "❌ This command is switched off here."),
    (
        app_commands.TransformerError("*x*", discord.AppCommandOptionType.string, app_commands.Transformer()),
        "❌ '\\\\*x\\\\*' can't be used there.",
    ),
    (discord.RateLimited(3.2), "⏳ Discord asks me to slow down. Try again in 3 seconds."),
    (aiohttp.ClientOSError(), "🔌 Discord did not answer me."),
    (ConnectionResetError(), "🔌 Discord did not answer me."),
    (TimeoutError(), "🔌 Discord did not answer me."),
]


@pytest.mark.parametrize(("error", "text"), EXPECTED, ids=lambda value: type(value).__name__)
def test_every_expected_exception_has_a_text(error: Exception, text: str) -> None:
    answer = answer_for(error)
    assert answer.expected
    assert answer.text is not None
    assert answer.text.startswith(text)


@pytest.mark.parametrize("error", [commands.CommandNotFound(), http(discord.NotFound, 404, 10_062)])
def test_some_exceptions_get_no_answer(error: Exception) -> None:
    assert answer_for(error).text is None


@pytest.mark.parametrize("error", [KeyError("x"), RuntimeError(), ZeroDivisionError("division")])
def test_a_bug_is_answered_without_its_details(error: Exception) -> None:
    answer = answer_for(error, job="a1b2c3")
    assert not answer.expected
    assert answer.text == "💥 Something broke on my side. Job `a1b2c3`."


def test_a_wrapped_exception_is_unwrapped() -> None:
    cause = NoLinkError()
    command: Any = SimpleNamespace(name="dl")
    wrapped = app_commands.CommandInvokeError(command, commands.CommandInvokeError(cause))
    assert unwrap(wrapped) is cause


def test_commands_in_texts_have_the_configured_prefix() -> None:
    assert answer_for(NoLinkError(), prefix="!!").text == "❌ I can't read a link in that. Example: `!!dl https://…`"


def own_errors() -> list[type[DownloadFailedError]]:
    found = [getattr(boss_bot_core.errors, name) for name in boss_bot_core.errors.__all__]
    return [cls for cls in found if inspect.isclass(cls) and issubclass(cls, DownloadFailedError)]


@pytest.mark.parametrize("cls", own_errors())
def test_every_download_error_has_a_text(cls: type[DownloadFailedError]) -> None:
    further: dict[str, Any] = {"choices": ("parts",)} if cls is ChoiceNeededError else {}
    answer = answer_for(cls("It did not work.", **further))
    assert answer.expected
    assert answer.text is not None
    assert "It did not work." in answer.text


NEVER_MET = {
    "CommandError",
    "AppCommandError",
    "HybridCommandError",
    "ConversionError",
    "CommandInvokeError",
    "TranslationError",
    "MissingApplicationID",
    "CommandAlreadyRegistered",
    "CommandLimitReached",
}
"""Base classes, wrappers that are removed, and exceptions that only a programmer meets."""


def test_every_exception_of_a_command_is_registered() -> None:
    roots = (commands.CommandError, app_commands.AppCommandError)
    there = [each for module in (commands.errors, app_commands.errors) for each in vars(module).values()]
    errors = [each for each in there if inspect.isclass(each) and issubclass(each, roots)]
    without = {each.__name__ for each in errors if not any(base in registry._TEXTS for base in each.__mro__)}
    assert without == NEVER_MET

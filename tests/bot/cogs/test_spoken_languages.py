"""The running bot speaks German: to a person who chose it, in a server that chose it, and in the list of commands."""

from typing import Any

import discord
import pytest
from discord.app_commands import TranslationContext, TranslationContextLocation

from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_person_s_language_is_that_of_private_answers_only(harness: BotHarness) -> None:
    await harness.answer("ada", "$dls language de")
    private = await (await harness.user("ada").commands.slash(harness.general, "dlq", {})).reply()
    assert private.content == "Die Warteschlange ist leer. `$dl` mit einem Link stellt etwas hinein."
    refused = await (await harness.user("ada").commands.slash(harness.general, "dl", {"url": "nothing"})).reply()
    assert refused.content == "❌ Darin finde ich keinen Link. Beispiel: `$dl https://…`"
    assert (await harness.answer("ada", "$dlq")).content.startswith("The queue is empty.")
    await harness.answer("ada", "$dls language auto")
    private = await (await harness.user("ada").commands.slash(harness.general, "dlq", {})).reply()
    assert private.content.startswith("The queue is empty.")


async def test_the_server_s_language_is_that_of_cards_and_typed_commands(harness: BotHarness) -> None:
    await harness.answer("olivia", "$dls server-language de")
    try:
        assert (await harness.answer("ada", "$dlq")).content.startswith("Die Warteschlange ist leer.")
        assert (await harness.answer("ada", "$dl nothing")).content.startswith("❌ Darin finde ich keinen Link.")
        card = await harness.answer("ada", f"$dl {harness.site.http_url}/files/photo-9.jpg")
        labels = {str(each.get("label")) for row in card.components for each in row["components"]}
        assert labels & {"Abbrechen", "Löschen"}
        ended = await harness.general.wait_for(
            lambda one: one.id == card.id and "Download fertig!" in str(one.embeds), timeout_s=30
        )
        assert "Größe: " in str(ended.embeds)
        unfinished = await harness.begin("ada", 90)
        assert "von <@" in str(unfinished.embeds)
    finally:
        await harness.cancel_all()
        await harness.answer("olivia", "$dls server-language auto")


async def test_the_list_of_commands_is_told_to_discord_in_german(harness: BotHarness) -> None:
    options = {
        option["name"]: option
        for command in harness.discord.state.commands[None].values()
        if command.name == "dl"
        for option in command.options
    }
    assert options["url"]["description"] == "The link, or several"
    assert options["url"]["description_localizations"] == {"de": "Der Link, oder mehrere"}
    # What is typed stays the same.
    assert not any(option.get("name_localizations") for option in options.values())
    translator, tree = harness.bot.tree.translator, harness.bot.tree
    menu = tree.get_command("Download media", type=discord.AppCommandType.message)
    assert translator is not None
    assert menu is not None
    context: TranslationContext[Any, Any] = TranslationContext(
        location=TranslationContextLocation.command_name, data=menu
    )
    name = discord.app_commands.locale_str("Download media")
    assert await translator.translate(name, discord.Locale.german, context) == "Medien herunterladen"
    assert await translator.translate(name, discord.Locale.korean, context) is None

"""The bot speaks the language of a person in private, and the language of the server to everyone."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio

from boss_bot_core.access.chosen_languages import ChosenLanguages
from boss_bot_core.bot.language import LazyText, current_language, gettext, ngettext, use_language
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.locale_format import format_list
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.chat_settings.catalog import change_guild_setting, change_user_setting
from boss_bot_core.database import Database
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.languages import match_language
from boss_bot_core.domain.sentence import ByteLimit, ByteSize, Sentence

ADA, GUILD, MB = 1, 5, 1024 * 1024


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.open(f"sqlite:///{tmp_path / 'bot.sqlite3'}") as database:
        yield database


@pytest.mark.parametrize(
    ("locale", "language"), [("de", "de"), ("en-US", "en"), ("en-GB", "en"), ("ko", None), ("d", None), ("", None)]
)
def test_locales_of_discord(locale: str, language: str | None) -> None:
    assert match_language(locale) == language


def test_a_text_is_translated_where_it_is_used() -> None:
    lazy = LazyText("Page {page} of {pages}", {"pages": 2})
    assert lazy.format(page=1) == "Page 1 of 2"
    with use_language("de"):
        assert lazy.format(page=1) == "Seite 1 von 2"
        assert ngettext("{count} file", "{count} files", 1) == "{count} Datei"
        assert (gettext(""), gettext("no such sentence")) == ("", "no such sentence")
    assert current_language() == "en"


def test_numbers_sizes_and_lists_are_written_as_the_language_does() -> None:
    with use_language("de"):
        assert units.format_bytes(23.8 * MB) == "23,8 MB"
        assert units.format_share(int(12.4 * MB), int(23.8 * MB)) == "12,4 / 23,8 MB"
        assert units.format_rough_duration(125) == "2 Minuten"
        assert format_list(["A", "B", "C"]) == "A, B und C"


def test_a_sentence_of_the_core_is_english_and_can_be_translated() -> None:
    sentence = Sentence(
        "{size}, this server allows {limit}", size=ByteSize(23.8 * MB), limit=ByteLimit(20 * MB - 65_536)
    )
    whole = Sentence("{reason}; it is kept on my host.", reason=sentence)
    assert whole == "23.8 MB, this server allows 20 MB; it is kept on my host."
    with use_language("de"):
        assert translate(whole) == "23,8 MB, dieser Server erlaubt 20 MB; sie bleibt auf meinem Rechner gespeichert."
        assert translate("The channel is gone.") == "Den Kanal gibt es nicht mehr."


@pytest.mark.parametrize("template", ["{a.__class__} b", "{a:>999999999}", "{", "{size}, this server allows {limit}"])
def test_a_sentence_whose_template_is_strange_stays_as_it_is(template: str) -> None:
    with use_language("de"):
        assert translate(Sentence.restore("As sent.", template, {"a": "x"})) == "As sent."


async def test_settings_choose_before_discord_does(database: Database) -> None:
    chosen = ChosenLanguages(database)
    choice = LanguageChoice(discord.Client(intents=discord.Intents.default()), chosen)
    assert (choice.for_place(GUILD, ADA), choice.for_direct_message(ADA, GUILD)) == ("en", "en")
    async with database.begin() as tx:
        await change_guild_setting(tx, GUILD, "server-language", "DE")
    await chosen.refresh()
    assert (choice.for_place(GUILD, ADA), choice.for_direct_message(ADA, GUILD)) == ("de", "de")
    async with database.begin() as tx:
        await change_user_setting(tx, ADA, "language", "en")
    await chosen.refresh()
    assert (choice.for_place(GUILD, ADA), choice.for_direct_message(ADA, GUILD)) == ("de", "en")
    async with database.begin() as tx:
        await change_user_setting(tx, ADA, "language", "de")
        await change_guild_setting(tx, GUILD, "server-language", "auto")
    await chosen.refresh()
    assert (choice.for_place(GUILD, ADA), choice.for_place(LOCAL_ID, ADA)) == ("en", "de")

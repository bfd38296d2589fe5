"""Text from strangers becomes harmless and short, and stays readable."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.bot.texts.escape import (
    MAX_MESSAGE_LENGTH,
    clean,
    escape_code,
    escape_sentence,
    escape_title,
    truncate_message,
)

ZERO_WIDTH_SPACE = "\u200b"
MARKUP = st.text(alphabet="*_~`|[]()<>@#:/\\ \n-+1.aeveryon\u202e\u200d", max_size=60)
ANY = st.one_of(st.text(), MARKUP)
TIME = re.compile(r"<t:\d+(:[tTdDfFR])?>")
LIVE = re.compile(r"@everyone|@here|<@|<#|<t:|<a?:|</|https?://")


def shown(escaped: str) -> str:
    """Return what Discord displays: neither the backslash before punctuation nor a zero-width space is visible."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", escaped.replace(ZERO_WIDTH_SPACE, ""))


@given(ANY)
def test_a_title_shows_its_visible_characters_and_nothing_else(text: str) -> None:
    assert shown(escape_title(text)) == clean(text)


@given(ANY)
def test_an_escaped_text_has_no_mention_and_no_link(text: str) -> None:
    for escape in (escape_title, escape_sentence, escape_code):
        assert LIVE.search(TIME.sub("", escape(text))) is None


@given(ANY)
def test_a_clean_text_is_short_and_on_one_line_without_hidden_characters(text: str) -> None:
    result = clean(text)
    assert len(result) <= 100
    assert result == result.strip()
    hidden = {each for each in result if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert hidden <= {"\u200d"}


@given(ANY)
def test_escaped_code_has_no_backtick(text: str) -> None:
    assert "`" not in escape_code(text)


@given(ANY)
def test_an_escaped_sentence_has_no_unpaired_backtick(text: str) -> None:
    # Discord reads from the left: outside code a backslash takes the meaning of the next character, inside it is text.
    assert "`" not in re.sub(r"\\.|`[^`]+`", "", escape_sentence(text))


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("@everyone", "@\u200beveryone"),
        ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
        ("[click](https://evil.example)", "[click]\u200b(https:\u200b//evil.example)"),
        ("<@123> <#4> <t:1:R>", "<\u200b@\u200b123> <\u200b#4> <\u200bt:1:R>"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("two\nlines\x00\x1b[31m", "two lines[31m"),
        ("```py\nx```", r"\`\`\`py x\`\`\`"),
        ("||spoiler|| ~~gone~~", r"\|\|spoiler\|\| \~\~gone\~\~"),
        ("👨‍👩‍👧 family", "👨‍👩‍👧 family"),
        ("\u200e \u2066", ""),
    ],
)
def test_escaped_titles(hostile: str, harmless: str) -> None:
    assert escape_title(hostile) == harmless


def test_a_long_title_is_cut() -> None:
    assert clean("x" * 10_240) == "x" * 99 + "…"
    assert len(escape_title("*" * 10_240)) < 250


def test_code_and_timestamps_in_a_sentence_stay() -> None:
    sentence = "No. `$dlh sites` lists *what* is."
    assert escape_sentence(sentence) == r"No. `$dlh sites` lists \*what\* is."
    assert escape_sentence(r"A \ in `\` code") == r"A \\ in `\` code"
    assert escape_sentence("Kept until <t:1790856000:R>. <@1>") == "Kept until <t:1790856000:R>. <\u200b@\u200b1>"


def test_a_code_fence_in_a_sentence_is_escaped() -> None:
    assert "```" not in escape_sentence("`````0` Retrying now")


def test_a_message_is_cut_to_the_length_that_discord_accepts() -> None:
    assert truncate_message("short") == "short"
    assert truncate_message("x" * MAX_MESSAGE_LENGTH) == "x" * MAX_MESSAGE_LENGTH
    assert truncate_message("x" * 5000) == "x" * (MAX_MESSAGE_LENGTH - 1) + "…"

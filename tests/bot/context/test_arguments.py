"""The arguments of a download command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.bot.context.arguments import ParsedArguments, parse_arguments
from boss_bot_core.bot.texts.command_help import OPTION_WORDS
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.status import DownloadPriority

URL = "https://x.com/user/status/123"


def urls_of(arguments: ParsedArguments) -> list[str]:
    return [found.link.url for found in arguments.links]


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        (URL, None),
        (f"{URL} high", DownloadPriority.HIGH),
        (f"{URL} LOW", DownloadPriority.LOW),
        (f"normal {URL}", DownloadPriority.NORMAL),
        (f"{URL} it is so high there", None),
        (f"low {URL} high", DownloadPriority.HIGH),
    ],
)
def test_the_last_or_first_word_is_the_priority(text: str, priority: DownloadPriority | None) -> None:
    arguments = parse_arguments(text)
    assert urls_of(arguments) == [URL]
    assert arguments.priority is priority


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (f"{URL} thread", DownloadOptions(whole_thread=True)),
        (f"720p {URL}", DownloadOptions(quality="720")),
        (f"{URL} sound 360", DownloadOptions(quality="360", audio_only=True)),
        (f"thread high <{URL}>, Spoiler best", DownloadOptions(whole_thread=True, spoiler=True)),
        (f"give me {URL} thread please", DownloadOptions(whole_thread=True)),
        (f"please {URL} as a spoiler, thanks", DownloadOptions(spoiler=True)),
        (f"{URL} I like the sound of that", DownloadOptions()),
        ("||https://a.b/sound|| https://a.b/thread", DownloadOptions()),
    ],
)
def test_words_beside_the_links_are_options(text: str, options: DownloadOptions) -> None:
    assert parse_arguments(text).options == options


def test_options_from_elsewhere_stay() -> None:
    chosen = DownloadOptions(quality="480", spoiler=True)
    assert parse_arguments(f"{URL} thread", chosen).options == DownloadOptions(
        quality="480", spoiler=True, whole_thread=True
    )


@pytest.mark.parametrize(
    ("text", "unknown", "mistyped"),
    [
        (f"{URL} banana", ("banana",), ()),
        (f"Spoilr {URL} thread please!", ("spoilr", "please"), ("spoilr",)),
        (f"{URL} 721p 4k hihg sounds", ("721p", "4k", "hihg", "sounds"), ("721p", "4k", "sounds")),
        (f"{URL} it is so high there", ("it", "is", "so", "there"), ()),
        (f"- {URL} + [{URL}]({URL}) <@123> 🔥 <#4> & high", (), ()),
    ],
)
def test_unknown_words_are_told_apart_from_mistyped_options(
    text: str, unknown: tuple[str, ...], mistyped: tuple[str, ...]
) -> None:
    arguments = parse_arguments(text)
    assert arguments.unknown == unknown
    assert arguments.mistyped == mistyped


@pytest.mark.parametrize("word", OPTION_WORDS)
def test_every_word_that_the_help_names_is_known(word: str) -> None:
    arguments = parse_arguments(f"{URL} {word}")
    assert arguments.unknown == ()
    assert (arguments.priority, arguments.options) != (None, DownloadOptions())


def test_five_links_are_accepted_and_the_rest_is_counted() -> None:
    arguments = parse_arguments(" ".join(f"<{URL}{number}>" for number in range(8)))
    assert (len(arguments.links), arguments.omitted_count) == (5, 3)


@given(st.text(max_size=300))
def test_parsing_never_raises(text: str) -> None:
    arguments = parse_arguments(text)
    assert all(found.link.scheme in {"http", "https"} for found in arguments.links)
    assert set(arguments.mistyped) <= set(arguments.unknown)

"""Conversion of Discord's markdown to plain text, and the removal of control characters."""

import pytest

from boss_bot_sandbox.script.plain_text import strip_control_characters, to_plain_text

NAMES = {"1": "Ada", "2": "general"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** __under__ ~~gone~~ `code`", "bold under gone code"),
        ("```\n[==>  ] 5%\n```\nbelow", "[==>  ] 5%\nbelow"),
        ("```**marks** stay```", "**marks** stay"),
        (r"\*\*escaped\*\* photo-42\_1.jpg", "**escaped** photo-42_1.jpg"),
        ("<@1> in <#2>, <@9>", "@Ada in #general, @unknown"),
        ("starts <t:1010:R>, began <t:400>", "starts in 10 s, began 10 min ago"),
        ("-# small\n# Head", "small\nHead"),
        ("[here](https://example.com/)", "here (https://example.com/)"),
        ("||secret||", "secret"),
    ],
)
def test_markdown_becomes_plain_text(text: str, shown: str) -> None:
    assert to_plain_text(text, NAMES, lambda: 1000.0) == shown


def test_control_characters_are_removed() -> None:
    assert strip_control_characters("\x1b[2Jred\x07 \u202egpj.exe\u202c\r\nnext") == "[2Jred gpj.exe\nnext"


def test_composed_emoji_are_kept() -> None:
    assert strip_control_characters("👩\u200d💻 ⏸️") == "👩\u200d💻 ⏸️"

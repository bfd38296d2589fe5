"""Validation of request bodies, and the kept dispatches of a session, without a server."""

from __future__ import annotations

from typing import Any

import pytest

from boss_bot_sandbox.discord.errors import ApiError
from boss_bot_sandbox.discord.gateway.protocol import Intent
from boss_bot_sandbox.discord.gateway.session import GatewaySession
from boss_bot_sandbox.discord.model.message import MessageFlag
from boss_bot_sandbox.discord.validation.commands import check_commands
from boss_bot_sandbox.discord.validation.interaction_answers import read_choices, read_modal
from boss_bot_sandbox.discord.validation.message_body import read_draft, read_patch

FIRST = "components.0.components.0"
BUTTON = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}


def _row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def _buttons(number: int) -> list[dict[str, Any]]:
    return [BUTTON | {"custom_id": f"b{n}"} for n in range(number)]


def _fault(error: ApiError, path: str) -> str:
    found: Any = error.errors
    for step in path.split("."):
        found = found[step]
    return str(found["_errors"][0]["code"])


@pytest.mark.parametrize(
    ("components", "path", "code"),
    [
        ([_row(BUTTON)] * 6, "components", "BASE_TYPE_BAD_LENGTH"),
        ([_row(*_buttons(6))], "components.0.components", "BASE_TYPE_BAD_LENGTH"),
        ([_row()], "components.0.components", "BASE_TYPE_BAD_LENGTH"),
        ([BUTTON], "components.0.type", "UNION_TYPE_CHOICES"),
        ([_row(BUTTON, BUTTON)], "components.0.components.1.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ([_row(BUTTON | {"custom_id": "x" * 101})], FIRST + ".custom_id", "BASE_TYPE_MAX_LENGTH"),
        ([_row({"type": 2, "style": 5, "label": "x"})], FIRST + ".url", "BASE_TYPE_REQUIRED"),
        ([_row(BUTTON | {"style": 9})], FIRST + ".style", "BASE_TYPE_CHOICES"),
        ([_row({"type": 2, "style": 1, "custom_id": "x"})], FIRST, "BUTTON_COMPONENT_INVALID_LABEL"),
        ([_row({"type": 3, "custom_id": "x", "options": []})], FIRST + ".options", "BASE_TYPE_BAD_LENGTH"),
        ("none", "components", "LIST_TYPE_CONVERT"),
    ],
)
def test_invalid_components_are_refused(components: object, path: str, code: str) -> None:
    with pytest.raises(ApiError) as refused:
        read_draft({"components": components})
    assert _fault(refused.value, path) == code


def test_five_rows_of_five_buttons_are_allowed() -> None:
    rows = [_row(*[BUTTON | {"custom_id": f"{row}:{column}"} for column in range(5)]) for row in range(5)]
    assert len(read_draft({"components": rows}).components) == 5


def test_layout_components_need_their_flag_and_allow_no_content() -> None:
    text = [{"type": 17, "components": [{"type": 10, "content": "x"}, _row(BUTTON)]}]
    with pytest.raises(ApiError):
        read_draft({"components": text})
    flag = int(MessageFlag.COMPONENTS_V2)
    assert read_draft({"components": text, "flags": flag}).components == tuple(text)
    assert read_patch({"components": text}, layout=True).components == tuple(text)
    with pytest.raises(ApiError):
        read_draft({"components": text, "flags": flag, "content": "x"})


@pytest.mark.parametrize(
    ("embed", "path", "code"),
    [
        ({"fields": [{"name": "x", "value": "y"}] * 26}, "embeds.0.fields", "BASE_TYPE_BAD_LENGTH"),
        ({"fields": [{"name": "", "value": "y"}]}, "embeds.0.fields.0.name", "BASE_TYPE_REQUIRED"),
        ({"fields": [{"name": "x", "value": "y" * 1025}]}, "embeds.0.fields.0.value", "BASE_TYPE_MAX_LENGTH"),
        ({"footer": {"text": "x" * 2049}}, "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
        ({"url": "ftp://x"}, "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
        ({"title": 5}, "embeds.0.title", "BASE_TYPE_STRING"),
    ],
)
def test_invalid_embeds_are_refused(embed: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(ApiError) as refused:
        read_draft({"embeds": [embed]})
    assert _fault(refused.value, path) == code


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Big", "description": "x"},
        {"name": "two words", "description": "x"},
        {"name": "x" * 33, "description": "x"},
        {"name": "x", "description": ""},
        {"name": "x", "description": "y" * 101},
        {"name": "x", "description": "y", "options": [{"type": 3, "name": "UP", "description": "x"}]},
        {
            "name": "x",
            "description": "y",
            "options": [
                {"type": 3, "name": "a", "description": "x"},
                {"type": 3, "name": "b", "description": "x", "required": True},
            ],
        },
    ],
)
def test_invalid_commands_are_refused(command: dict[str, Any]) -> None:
    with pytest.raises(ApiError):
        check_commands([command])


def test_only_five_menu_commands_are_allowed() -> None:
    check_commands([{"name": f"Menu {n}", "type": 3} for n in range(5)])
    with pytest.raises(ApiError):
        check_commands([{"name": f"Menu {n}", "type": 3} for n in range(6)])


def test_invalid_choices_and_forms_are_refused() -> None:
    with pytest.raises(ApiError):
        read_choices({"choices": [{"name": "x", "value": "y"}] * 26})
    with pytest.raises(ApiError):
        read_choices({"choices": [{"name": "", "value": "y"}]})
    with pytest.raises(ApiError):
        read_modal({"title": "x" * 46, "custom_id": "x", "components": [_row({"type": 4, "custom_id": "y"})]})
    with pytest.raises(ApiError):
        read_modal({"title": "x", "custom_id": "x", "components": []})


def test_a_session_discards_its_oldest_dispatches() -> None:
    session = GatewaySession("x", Intent.NONE)
    assert not session.has_discarded(0)
    for _ in range(2500):
        session.push("X", {})
    assert session.has_discarded(0)
    assert not session.has_discarded(500)

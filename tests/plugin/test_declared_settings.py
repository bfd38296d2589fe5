"""The settings that a plugin declares: which classes and values are accepted, and their way to the worker."""

from pathlib import Path
from typing import Annotated, Literal

import attrs
import pytest

from boss_bot_core.errors import PluginError
from boss_bot_core.plugin import Secret
from boss_bot_core.plugin.declared_settings import (
    build_default_settings,
    build_settings,
    pack_settings,
    unpack_settings,
)
from boss_bot_core.plugin.setting_types import parse_setting


def check_even(number: int) -> int:
    if number % 2:
        raise ValueError("an even number")
    return number


@attrs.frozen(kw_only=True)
class SiteSettings:
    """Settings of every type."""

    api_key: Secret | None = None
    """Key of the site's API."""
    codec: Literal["h264", "av1"] = "h264"
    """Codec that is fetched if there are several."""
    pages: Annotated[int, check_even] = 2
    """Pages of a thread."""
    pause_s: float = 0.5
    """Pause between two pages."""
    tags: tuple[str, ...] = ("a", "b")
    """Tags that are fetched."""
    captions: bool = False
    """Whether captions are fetched too."""
    agent: str = "boss-bot"
    """Name that is sent to the site."""


@attrs.frozen
class WithoutDefault:
    pages: int


@attrs.frozen
class WithPath:
    folder: Path = Path()


@attrs.frozen
class WithCapitals:
    Pages: int = 1


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        (None, "bossbot_settings returned None instead of an attrs class"),
        (SiteSettings(), "instead of an attrs class"),
        (dict, "instead of an attrs class"),
        (WithoutDefault, "its setting 'pages' has no default"),
        (WithPath, "its setting 'folder' has the type .*Path.*; a setting can be bool, int, float, str, Secret"),
        (WithCapitals, "its setting 'Pages' has to be named in small letters"),
    ],
)
def test_a_class_that_cannot_be_used_is_refused_with_the_reason(declared: object, reason: str) -> None:
    with pytest.raises(PluginError, match=reason):
        build_default_settings(declared)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (bool, "Yes", True),
        (bool, False, False),
        (int, " -12 ", -12),
        (float, 2, 2.0),
        (float, "1.5", 1.5),
        (str, " x ", "x"),
        (str | None, "", None),
        (int | None, "7", 7),
        (Literal["a", "b"], " b ", "b"),
        (tuple[str, ...], "a, b,", ("a", "b")),
        (tuple[str, ...], ["a,b"], ("a,b",)),
        (Annotated[int, check_even], "4", 4),
        (Secret | None, "s3cret-key", Secret("s3cret-key")),
    ],
)
def test_a_value_is_read_in_the_form_of_every_source(kind: object, written: object, value: object) -> None:
    assert parse_setting(kind, written) == value


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (bool, "maybe", "true or false"),
        (bool, 1, "true or false"),
        (int, "1.5", "a whole number"),
        (int, True, "a whole number"),
        (float, "nan", "a number"),
        (float, True, "a number"),
        (str, "a\nb", "one line of text"),
        (str, 1, "one line of text"),
        (Literal["a", "b"], "c", "one of a, b"),
        (tuple[str, ...], [1], "texts, as an array or separated by commas"),
        (Annotated[int, check_even], 3, "an even number"),
        (Secret, "short", "a secret of at least 6 characters"),
    ],
)
def test_a_wrong_value_says_what_is_expected(kind: object, written: object, expected: str) -> None:
    with pytest.raises(ValueError, match=f"^{expected}$"):
        parse_setting(kind, written)


def test_settings_arrive_in_the_worker_as_they_were_sent() -> None:
    default = build_default_settings(SiteSettings)
    written = {"api_key": "s3cret-key", "codec": "av1", "pages": "4", "tags": "ü", "captions": "on"}
    settings = build_settings(default, written)
    packed = pack_settings(settings)
    assert unpack_settings(packed, default) == settings
    assert settings == SiteSettings(api_key=Secret("s3cret-key"), codec="av1", pages=4, tags=("ü",), captions=True)
    assert packed.secrets == ("s3cret-key",)
    assert unpack_settings(None, default) is default


def test_no_text_of_the_settings_contains_a_secret() -> None:
    settings = SiteSettings(api_key=Secret("s3cret-key"))
    assert "s3cret-key" not in f"{settings} {settings!r} {pack_settings(settings)!r} {settings.api_key}"

"""Every chat setting: the values that it accepts, the change that it makes, and the refusal of other values."""

import string
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.chat_settings.catalog import SettingsCatalog
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting, SettingRefusedError, find_setting
from boss_bot_core.chat_settings.user import to_typed_values
from boss_bot_core.domain.guilds import GuildSettings, RoleRule
from boss_bot_core.domain.languages import AUTO
from boss_bot_core.domain.preferences import (
    NO_CHOICES,
    BarStyle,
    NotificationPreference,
    PreferenceChoices,
    UserPreferences,
)
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.domain.users import PermissionLevel, UserSettings

CATALOG = SettingsCatalog()
ALL_SETTINGS: tuple[Setting[Any], ...] = (*CATALOG.user, *CATALOG.guild, *CATALOG.owner, *CATALOG.owner_guild)
GUILD = GuildSettings(guild_id=8, allowed_roles=frozenset({10**17}))
TARGETS: dict[Scope, Any] = {
    Scope.USER: NO_CHOICES,
    Scope.GUILD: GUILD,
    Scope.OWNER_GUILD: GUILD,
    Scope.OWNER: UserSettings(user_id=7, created_at=datetime(2026, 11, 22, tzinfo=UTC)),
}
ID = 10**18
MENTIONS = {"@Role": f"<@&{ID}>", "#channel": f"<#{ID}>"}


def change(typed: str, target: object = None) -> Any:  # noqa: ANN401 - the type depends on the setting
    key, _, value = typed.partition(" ")
    setting = CATALOG.find(key)
    return setting.apply(TARGETS[setting.scope] if target is None else target, value)


def read_refusal(typed: str) -> str:
    with pytest.raises(SettingRefusedError) as caught:
        change(typed)
    return str(caught.value)


@pytest.mark.parametrize("setting", ALL_SETTINGS, ids=lambda setting: setting.name)
def test_the_example_and_each_choice_of_a_setting_are_accepted(setting: Setting[Any]) -> None:
    name, _, value = setting.example.partition(" ")
    assert CATALOG.find(name) == setting
    for sample, mention in MENTIONS.items():
        value = value.replace(sample, mention)
    if setting.scope is Scope.OWNER:
        value = value.removeprefix("@person ")
    assert setting.apply(TARGETS[setting.scope], value) != TARGETS[setting.scope]
    for choice in setting.choices:
        setting.apply(TARGETS[setting.scope], choice)
    assert setting.help.endswith(".")
    assert setting.values


@pytest.mark.parametrize("setting", CATALOG.user, ids=lambda setting: setting.name)
def test_chosen_values_are_shown_as_typed(setting: Setting[PreferenceChoices]) -> None:
    for choice in setting.choices:
        typed = {} if choice in {DEFAULT, AUTO} else {setting.name: choice}
        assert to_typed_values(setting.apply(NO_CHOICES, choice)) == typed


def test_no_two_settings_have_the_same_name() -> None:
    names = [name for setting in ALL_SETTINGS for name in (setting.name, *setting.aliases)]
    assert len(names) == len(set(names))


def test_every_preference_can_be_set_by_its_attribute_name() -> None:
    for field in attrs.fields(UserPreferences):
        assert CATALOG.find(field.name).scope is Scope.USER
        if field.name != "language":  # members whose language is not chosen have that of their own Discord
            assert CATALOG.find(f"members_{field.name}").scope is Scope.GUILD
    assert {field.name for field in attrs.fields(PreferenceChoices)} == {
        field.name for field in attrs.fields(UserPreferences)
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("notifications VERBOSE", {"notification_level": NotificationPreference.VERBOSE}),
        ("bar  dots ", {"progress_bar_style": BarStyle.DOTS}),
        ("Priority high", {"default_priority": DownloadPriority.HIGH}),
        ("mention off", {"mention_on_complete": False}),
        ("retry yes", {"auto_retry": True}),
        ("retries 0", {"max_retries": 0}),
        ("bar default", {}),
    ],
)
def test_user_settings_change_preferences(typed: str, expected: dict[str, Any]) -> None:
    assert change(typed) == PreferenceChoices(**expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (f"allowed-roles <@&{ID}>", {"allowed_roles": frozenset({ID})}),
        (f"allowed_roles add <@&{ID}>", {"allowed_roles": frozenset({ID, 10**17})}),
        (f"allowed-roles remove {10**17}", {"allowed_roles": frozenset()}),
        ("allowed-roles none", {"allowed_roles": frozenset()}),
        (f"blocked-channels <#{ID}>, {ID + 1}", {"blocked_channels": frozenset({ID, ID + 1})}),
        ("running 3", {"max_running": 3}),
        ("daily unlimited", {"daily_downloads_per_user": 0}),
        ("daily default", {}),
        ("members-bar dots", {"default_preferences": PreferenceChoices(progress_bar_style=BarStyle.DOTS)}),
    ],
)
def test_guild_settings_change_the_guild(typed: str, expected: dict[str, Any]) -> None:
    assert change(typed) == attrs.evolve(GUILD, **expected)


def test_the_rule_of_a_role_is_changed_and_removed() -> None:
    guild = GUILD
    for typed in (f"role <@&{ID}> size 25 MB", f"role <@&{ID}> priority high", f"role {ID} level premium"):
        guild = change(typed, guild)
    rule = RoleRule(
        role_id=ID,
        max_file_size_mb=25,
        priority=DownloadPriority.HIGH,
        permission_level=PermissionLevel.PREMIUM,
    )
    assert guild == attrs.evolve(GUILD, role_rules=(rule,))
    assert change(f"role {ID} size default", guild).role_rules == (attrs.evolve(rule, max_file_size_mb=None),)
    assert change(f"role <@&{ID}> none", guild) == GUILD


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("bar wavy", "`bar` takes standard, blocks or dots. Example: `$dls bar dots`"),
        ("retries 6", "`retries` takes a whole number from 0 to 5. Example: `$dls retries 5`"),
        ("retries \N{SUPERSCRIPT TWO}", "a whole number"),
        ("mention perhaps", "on or off"),
        ("daily -1", "a whole number from 1"),
        ("running 0", "a whole number from 1"),
        ("allowed-roles", "after `add` or `remove`"),
        ("allowed-roles add", "after `add` or `remove`"),
        (f"allowed-roles <#{ID}>", "a role such as @Members"),
        (f"blocked-channels <@&{ID}>", "a channel such as #media"),
        (f"blocked-channels {2**63}", "a channel such as #media"),
        ("role @everyone size 5", "a role such as"),
        (f"role {ID} size", "then `size`, `priority` or `level`"),
        (f"role {ID} size 0", "a size in megabytes"),
        ("level chief", "normal, premium or admin"),
    ],
)
def test_the_refusal_of_a_value_names_the_accepted_values(typed: str, refusal: str) -> None:
    assert refusal in read_refusal(typed)


def test_the_refusal_of_an_unknown_name_lists_the_names() -> None:
    refusal = read_refusal("volume 11")
    assert refusal.startswith("There is no setting `volume`; try `notifications`, `bar`")
    with pytest.raises(SettingRefusedError, match=r"try `notifications`, .* or `language`\.$"):
        find_setting(CATALOG.user, "daily")


@given(st.text(string.printable + "\N{RIGHT-TO-LEFT OVERRIDE}`\0\ud800", max_size=300), st.sampled_from(ALL_SETTINGS))
def test_any_typed_text_is_accepted_or_refused_in_a_short_answer(typed: str, setting: Setting[Any]) -> None:
    for text in (typed, f"{setting.name} {typed}"):
        try:
            change(text)
        except SettingRefusedError as error:
            refusal = str(error)
            assert len(refusal) < 500
            assert refusal.isprintable()
            assert refusal.count("`") % 2 == 0


def test_a_size_is_written_in_chat_as_in_the_configuration() -> None:
    setting = CATALOG.find("user-size")
    for typed in ("1GB", "1024MB", "1024"):
        changed = setting.apply(UserSettings(user_id=ID, created_at=datetime(2026, 11, 29, tzinfo=UTC)), typed)
        assert changed.max_file_size_mb == 1024

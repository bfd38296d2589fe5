"""What a setting is: a name that people type, what it takes, and what it changes."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, TypeVar

import attrs

from boss_bot_core.chat_settings.parsers import join_words
from boss_bot_core.errors import BossBotError

TargetT = TypeVar("TargetT")
AnyT = TypeVar("AnyT")

DEFAULT = "default"
"""The value that takes a choice back."""

_MAX_QUOTED_LENGTH = 30


class SettingRefusedError(BossBotError):
    """There is no such setting, or it does not take such a value; the text says what it takes."""


class Scope(StrEnum):
    """Whose decision a setting is."""

    USER = "own"
    """Everybody's for themselves."""
    GUILD = "server"
    """That of people who may manage the server."""
    OWNER = "owner"
    """That of the bot's owner."""


@attrs.frozen(kw_only=True)
class Setting(Generic[TargetT]):
    """One setting.

    Attributes:
        name: What people type.
        aliases: Other names for it.
        scope: Whose decision it is.
        values: What it takes, for people.
        help: What it does, one sentence.
        example: A name and a value that work.
        choices: Every value, where there are few: for completion.
        change: Returns the thing with the typed value in it; its `ValueError` ends the sentence "`name` takes …".
    """

    name: str
    aliases: tuple[str, ...] = ()
    scope: Scope
    values: str
    help: str
    example: str
    choices: tuple[str, ...] = ()
    change: Callable[[TargetT, str], TargetT] = attrs.field(repr=False, eq=False)

    def apply(self, thing: TargetT, typed: str) -> TargetT:
        """Return `thing` with the typed value in it.

        Raises:
            SettingRefusedError: The setting does not take such a value.
        """
        try:
            return self.change(thing, " ".join(typed.split()))
        except ValueError as exc:
            raise build_refusal(self, exc) from exc


def build_refusal(setting: Setting[AnyT], reason: ValueError) -> SettingRefusedError:
    """Return the error that says what `setting` takes: the end of that sentence is the reason's text."""
    return SettingRefusedError(f"`{setting.name}` takes {reason}. Example: `$dls {setting.example}`")


def find_setting(settings: Iterable[Setting[AnyT]], typed: str) -> Setting[AnyT]:
    """Return the setting that `typed` names.

    Raises:
        SettingRefusedError: None of them is called so.
    """
    known = {name: setting for setting in settings for name in (setting.name, *setting.aliases)}
    found = known.get(typed.strip().lower().replace("_", "-"))
    if found is None:
        names = join_words(dict.fromkeys(f"`{setting.name}`" for setting in known.values()))
        raise SettingRefusedError(f"There is no setting {_quote(typed)}; try {names}.")
    return found


def _quote(typed: str) -> str:
    # What a stranger typed must neither leave the quotation nor fill the message.
    shown = "".join(character for character in typed if character.isprintable() and character != "`")
    return f"`{shown[:_MAX_QUOTED_LENGTH] or ' '}`"

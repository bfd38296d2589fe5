"""A chat setting: the name that users type, the values that it accepts, and the change that it makes."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Generic, TypeVar

import attrs

from boss_bot_core.chat_settings.parsers import join_words
from boss_bot_core.errors import BossBotError

TargetT = TypeVar("TargetT")
AnyT = TypeVar("AnyT")

DEFAULT = "default"
"""The value that restores the default of a setting."""

_MAX_QUOTED_LENGTH = 30


class SettingRefusedError(BossBotError):
    """The setting does not exist or does not accept the value; the text says what it accepts."""


class Scope(StrEnum):
    """Who decides about a setting."""

    USER = "own"
    """Each user, for themselves."""
    GUILD = "server"
    """Users who may manage the guild."""
    OWNER = "owner"
    """The bot's owner, for one user."""
    OWNER_GUILD = "owner's server"
    """The bot's owner, for the guild in which the setting is typed."""

    @property
    def is_owners(self) -> bool:
        """Whether only the bot's owner decides."""
        return self in {Scope.OWNER, Scope.OWNER_GUILD}


@attrs.frozen(kw_only=True)
class Setting(Generic[TargetT]):
    """One setting, which changes a value of type `TargetT`.

    Attributes:
        name: The name that users type.
        aliases: Other accepted names.
        scope: Who decides about it.
        values: The accepted values, as shown to users.
        help: What the setting does, one sentence.
        example: A name and a value that are accepted.
        choices: All values for autocompletion, if they are few.
        change: Returns the target with the typed value applied; the text of its `ValueError` ends the sentence
            "`name` takes …".
    """

    name: str
    aliases: tuple[str, ...] = ()
    scope: Scope
    values: str
    help: str
    example: str
    choices: tuple[str, ...] = ()
    change: Callable[[TargetT, str], TargetT] = attrs.field(repr=False, eq=False)

    def apply(self, target: TargetT, typed: str) -> TargetT:
        """Return `target` with the typed value applied.

        Raises:
            SettingRefusedError: The setting does not accept the value.
        """
        try:
            return self.change(target, " ".join(typed.split()))
        except ValueError as exc:
            raise build_refusal(self, exc) from exc


def build_attribute_change(attribute: str, parse: Callable[[str], object]) -> Callable[[TargetT, str], TargetT]:
    """Return a `Setting.change` that parses one attribute of an attrs class, or restores its default."""

    def change(before: TargetT, typed: str) -> TargetT:
        target: Any = before  # Every target is an attrs class, and `parse` belongs to this attribute.
        default = attrs.fields_dict(type(target))[attribute].default
        changed: TargetT = attrs.evolve(target, **{attribute: default if typed.lower() == DEFAULT else parse(typed)})
        return changed

    return change


def build_refusal(setting: Setting[AnyT], reason: ValueError) -> SettingRefusedError:
    """Return the error that says what `setting` accepts; the text of `reason` ends its sentence."""
    return SettingRefusedError(f"`{setting.name}` takes {reason}. Example: `$dls {setting.example}`")


def find_setting(settings: Iterable[Setting[AnyT]], typed: str) -> Setting[AnyT]:
    """Return the setting whose name or alias was typed.

    Raises:
        SettingRefusedError: No setting has this name.
    """
    known = {name: setting for setting in settings for name in (setting.name, *setting.aliases)}
    found = known.get(typed.strip().lower().replace("_", "-"))
    if found is None:
        names = join_words(dict.fromkeys(f"`{setting.name}`" for setting in known.values()))
        raise SettingRefusedError(f"There is no setting {_quote(typed)}; try {names}.")
    return found


def _quote(typed: str) -> str:
    # Untrusted text must neither end the quotation nor fill the message.
    shown = "".join(character for character in typed if character.isprintable() and character != "`")
    return f"`{shown[:_MAX_QUOTED_LENGTH] or ' '}`"

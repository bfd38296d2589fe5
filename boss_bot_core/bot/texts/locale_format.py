"""Numbers and lists as the current language writes them, with Babel; English needs no Babel."""

from collections.abc import Sequence
from decimal import Decimal

from boss_bot_core.bot.language import current_language, gettext, ngettext
from boss_bot_core.domain.languages import ENGLISH


def format_number(number: str) -> str:
    """Return a number such as `23.8` with the decimal sign of the language, and as many digits."""
    if (language := current_language()) == ENGLISH:
        return number
    from babel.numbers import format_decimal  # noqa: PLC0415 - optional, and slow to import

    digits = len(number.partition(".")[2])
    return format_decimal(Decimal(number), format=f"0.{'0' * digits}" if digits else "0", locale=language)


def format_list(names: Sequence[str]) -> str:
    """Return names as one phrase: `A, B and C`."""
    if (language := current_language()) == ENGLISH:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    from babel.lists import format_list as join  # noqa: PLC0415 - optional, and slow to import

    return join(names, locale=language)


def join_bold(names: Sequence[str]) -> str:
    """Return names in bold as one phrase: `**A**, **B** and **C**`."""
    return format_list([f"**{name}**" for name in names])


def name_permissions(names: Sequence[str]) -> str:
    """Return Discord's English names of permissions, in bold, as Discord calls them in the current language."""
    return join_bold([gettext(name) for name in names])


def and_more(count: int) -> str:
    """Return the end of a list that names only its first entries: `and 3 more`."""
    return ngettext("and {count} more", "and {count} more", count).format(count=count)

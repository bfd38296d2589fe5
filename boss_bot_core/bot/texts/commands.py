"""The sentences that commands answer with: refusals, and notes about accepted links."""

from collections.abc import Sequence

from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.command_help import OPTION_WORDS
from boss_bot_core.bot.texts.escape import escape_code
from boss_bot_core.bot.texts.locale_format import name_permissions

CLOSED_DIRECT_MESSAGES = LazyText(
    "⚠ I'm not a member here, and you take no direct messages from me. "
    "Allow them in your privacy settings, or use me where I'm a member."
)
PRIORITY_LOWERED = LazyText("That priority needs premium, or a role that allows it; yours is queued with less.")
UNREADABLE_MESSAGE = LazyText("❌ I can't open that message for you here: it is gone, or one of us may not read it.")

_MAX_WORDS = 3
_WORD_LENGTH = 30


def no_link(command: str, prefix: str) -> str:
    """Return the refusal of a download command without a link.

    Args:
        command: The command that was used, without its prefix.
        prefix: The prefix of typed commands.
    """
    return _("❌ I can't read a link in that. Example: {example}").format(example=f"`{prefix}{command} https://…`")


def bot_needs_permissions(names: Sequence[str]) -> str:
    """Return the refusal where the bot lacks permissions to deliver."""
    return _("⚠ I need {permissions} here.").format(permissions=name_permissions(names))


def unsupported_site(host: str, prefix: str) -> str:
    """Return the refusal of a link to a site that no plugin handles."""
    sentence = _("❌ {host} isn't supported. {command} lists what is.")
    return sentence.format(host=f"`{host}`", command=f"`{prefix}dlh sites`")


def unknown_host(host: str) -> str:
    """Return the refusal of an address without its scheme on a host that no plugin knows."""
    sentence = _("❌ I don't know {host}. Write {scheme} in front of the whole address, and I look there.")
    return sentence.format(host=f"`{escape_code(host)}`", scheme="`https://`")


def unknown_words(words: Sequence[str]) -> str:
    """Return the note about words that a download command does not know."""
    shown = ", ".join(f"`{escape_code(word, _WORD_LENGTH)}`" for word in words[:_MAX_WORDS])
    more = ", …" if len(words) > _MAX_WORDS else ""
    sentence = _("I don't know {words}. Beside links I take: {options}.")
    return sentence.format(words=shown + more, options=", ".join(OPTION_WORDS))


def wrong_platform(host: str, title: str, example: str, prefix: str) -> str:
    """Return the refusal of a link that a platform's own command cannot download.

    Args:
        host: The host of the link.
        title: The platform's name.
        example: A link that the platform's plugin accepts.
        prefix: The prefix of typed commands.
    """
    sentence = _(
        "❌ That {host} link isn't one to {title} that I can fetch, such as {example}. "
        "{command} takes every supported site."
    )
    return sentence.format(host=f"`{host}`", title=title, example=f"`{example}`", command=f"`{prefix}dl`")


def invalid_page(prefix: str) -> str:
    """Return the refusal of a page that is not a number."""
    return _("❌ That is no page. Example: {example}").format(example=f"`{prefix}dlq 2`")


def invalid_sync_target(prefix: str) -> str:
    """Return the refusal of a word that names no target of the sync command."""
    return _("❌ That is no place. Example: {example}").format(example=f"`{prefix}sync here`")


def setting_changed(name: str, user_id: int | None = None) -> str:
    """Return the answer after a setting was changed; `user_id` is the other user whose setting the owner changed."""
    sentence = _("✅ {name} is changed.") if user_id is None else _("✅ {name} is changed for {user}.")
    return sentence.format(name=f"`{name}`", user=f"<@{user_id}>")


def links_omitted(taken: int, omitted: int) -> str:
    """Return the note about links beyond the limit of one message."""
    sentence = ngettext(
        "I take {taken} links at a time; {omitted} more was left out.",
        "I take {taken} links at a time; {omitted} more were left out.",
        omitted,
    )
    return sentence.format(taken=taken, omitted=omitted)


def sent_to_direct_messages(jump_url: str) -> str:
    """Return the answer to a command that is used where the bot is not a member."""
    return _("📬 I'm not a member here, so it comes to your direct messages: {link}").format(link=jump_url)


def synced(count: int, *, here: bool) -> str:
    """Return the answer of the sync command.

    Args:
        count: How many commands Discord knows now.
        here: Whether they count in one guild only.
    """
    if here:
        sentence = ngettext(
            "✅ Discord knows {count} command now here.", "✅ Discord knows {count} commands now here.", count
        )
    else:
        sentence = ngettext("✅ Discord knows {count} command now.", "✅ Discord knows {count} commands now.", count)
    return sentence.format(count=count)

"""The sentences that commands answer with: refusals, notes about accepted links, and the cancel command's question."""

from collections.abc import Sequence
from datetime import datetime

from boss_bot_core.bot.texts.escape import clean
from boss_bot_core.bot.texts.units import join_bold, pluralize, relative_timestamp
from boss_bot_core.domain.items import DownloadItem

CLOSED_DIRECT_MESSAGES = (
    "⚠ I'm not a member here, and you take no direct messages from me. "
    "Allow them in your privacy settings, or use me where I'm a member."
)
PRIORITY_LOWERED = "That priority needs premium, or a role that allows it; yours is queued with less."
CANCEL_ALL = "Cancel all"
KEEP_ALL = "Keep them"
NOTHING_CANCELLED = "Nothing was cancelled."

_CHOICE_LENGTH = 100
"""Characters that Discord accepts in a choice of an autocompletion."""


def no_link(command: str, prefix: str) -> str:
    """Return the refusal of a download command without a link.

    Args:
        command: The command that was used, without its prefix.
        prefix: The prefix of typed commands.
    """
    return f"❌ I can't read a link in that. Example: `{prefix}{command} https://…`"


def bot_needs_permissions(names: Sequence[str]) -> str:
    """Return the refusal where the bot lacks permissions to deliver."""
    return f"⚠ I need {join_bold(names)} here."


def unsupported_site(host: str, prefix: str) -> str:
    """Return the refusal of a link to a site that no plugin handles."""
    return f"❌ `{host}` isn't supported. `{prefix}dlh sites` lists what is."


def wrong_platform(host: str, title: str, example: str, prefix: str) -> str:
    """Return the refusal of a link that a platform's own command cannot download.

    Args:
        host: The host of the link.
        title: The platform's name.
        example: A link that the platform's plugin accepts.
        prefix: The prefix of typed commands.
    """
    return (
        f"❌ That `{host}` link isn't one to {title} that I can fetch, such as `{example}`. "
        f"`{prefix}dl` takes every supported site."
    )


def invalid_page(prefix: str) -> str:
    """Return the refusal of a page that is not a number."""
    return f"❌ That is no page. Example: `{prefix}dlq 2`"


def invalid_sync_target(prefix: str) -> str:
    """Return the refusal of a word that names no target of the sync command."""
    return f"❌ That is no place. Example: `{prefix}sync here`"


def setting_changed(name: str, user_id: int | None = None) -> str:
    """Return the answer after a setting was changed; `user_id` is the other user whose setting the owner changed."""
    return f"✅ `{name}` is changed{'' if user_id is None else f' for <@{user_id}>'}."


def links_omitted(taken: int, omitted: int) -> str:
    """Return the note about links beyond the limit of one message."""
    return f"I take {taken} links at a time; {omitted} more were left out."


def sent_to_direct_messages(jump_url: str) -> str:
    """Return the answer to a command that is used where the bot is not a member."""
    return f"📬 I'm not a member here, so it comes to your direct messages: {jump_url}"


def synced(count: int, *, here: bool) -> str:
    """Return the answer of the sync command.

    Args:
        count: How many commands Discord knows now.
        here: Whether they count in one guild only.
    """
    return f"✅ Discord knows {count} commands now{' here' if here else ''}."


def cancel_all_question(count: int, ends_at: datetime) -> str:
    """Return the question before all downloads of a user are cancelled.

    Args:
        count: How many downloads would be cancelled.
        ends_at: When the buttons stop working, UTC. Discord does not tell users why a button does nothing any more.
    """
    return f"Cancel {pluralize(count, 'download')}? The question ends {relative_timestamp(ends_at)}."


def foreign_question(user_id: int) -> str:
    """Return the refusal to answer a question that another user was asked."""
    return f"Only <@{user_id}> can answer that."


def cancel_choice(item: DownloadItem) -> str:
    """Return how the autocompletion of the cancel command names a download."""
    return clean(f"#{item.short_id} · {item.status} · {item.title or item.url}", _CHOICE_LENGTH)


def cancel_all_choice(count: int) -> str:
    """Return how the autocompletion of the cancel command names all downloads of the user."""
    return f"All {count}"

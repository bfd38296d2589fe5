"""The links in a message that a command takes them from: its text, its forwarded messages, its embeds, its attachments.

People write links into texts, and Discord adds an embed for each of them, which knows nothing of spoilers. Bots and
webhooks write embeds themselves.
"""

from collections.abc import Iterator

import discord

from boss_bot_core.bot.exceptions import MissingPermissionsError
from boss_bot_core.bot.language import gettext_noop
from boss_bot_core.errors import InvalidUrlError
from boss_bot_core.routing import FoundLink, find_links, merge_links, parse_link

_MEDIA = {"image", "video", "audio"}


def collect_links(message: discord.Message) -> tuple[FoundLink, ...]:
    """Return the links in a message, each with whether the message hides it.

    Addresses without a scheme count only in a message without whole ones: they may be no addresses.
    """
    writes_embeds = message.author.bot
    parts: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    links = merge_links(link for part in parts for link in _read_part(part, writes_embeds=writes_embeds))
    return tuple(link for link in links if link.is_whole) or links


def _read_part(part: discord.Message | discord.MessageSnapshot, *, writes_embeds: bool) -> Iterator[FoundLink]:
    written = find_links(part.content)
    yield from written
    for embed in part.embeds:
        # The embed of a link in the text repeats this link, perhaps in another form.
        if not written or (writes_embeds and embed.type == "rich"):
            yield from _read_embed(embed)
    for attachment in part.attachments:
        if attachment.content_type is None or attachment.content_type.partition("/")[0] in _MEDIA:
            yield from _read_address(attachment.url, is_hidden=attachment.is_spoiler())


def _read_embed(embed: discord.Embed) -> Iterator[FoundLink]:
    written = "\n".join(filter(None, (embed.title, embed.description, *(field.value for field in embed.fields))))
    links = [*_read_address(embed.url), *find_links(written)]
    return iter(links or [*_read_address(embed.video.url), *_read_address(embed.image.url)])


def _read_address(url: str | None, *, is_hidden: bool = False) -> Iterator[FoundLink]:
    if url is None:
        return
    try:
        yield FoundLink(link=parse_link(url), is_hidden=is_hidden)
    except InvalidUrlError:
        # An embed of another bot may have any text there, and `attachment://name`.
        return


async def find_replied_message(message: discord.Message) -> discord.Message | None:
    """Return the message that `message` replies to, or None when there is none or it is gone.

    Raises:
        MissingPermissionsError: The bot may not read the channel's history.
    """
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    try:
        return reference.cached_message or await message.channel.fetch_message(reference.message_id)
    except discord.NotFound:
        return None
    except discord.Forbidden:
        raise MissingPermissionsError((gettext_noop("Read Message History"),)) from None

"""What a person typed behind a download command, read: links and a priority word.

What a command asks for, as a value.

The links that are already in a message: its words, what it forwards, what it embeds.
"""

import attrs
import discord

from boss_bot_core.domain.link import DownloadOptions, Link
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.routing import MAX_LINKS, find_links

_COUNTED = 100
"""How many links are looked for, to say how many were left out."""

PRIORITIES = {priority.name.lower(): priority for priority in DownloadPriority}


@attrs.frozen(kw_only=True)
class ParsedArguments:
    """What was typed.

    Attributes:
        links: The links that are taken, in order.
        omitted_count: How many more there were.
        priority: What the first or last word says, or None.
    """

    links: tuple[Link, ...]
    omitted_count: int = 0
    priority: DownloadPriority | None = None

    def with_links_of(self, text: str) -> "ParsedArguments":
        """Return the request with the links of another text, such as the message that is replied to."""
        found = parse_arguments(text)
        return attrs.evolve(self, links=found.links, omitted_count=found.omitted_count)


def parse_arguments(text: str) -> ParsedArguments:
    """Read `text`; words that are neither links nor a priority say nothing."""
    found = find_links(text, _COUNTED)
    words = text.lower().split()
    ends = (words[-1], words[0]) if words else ()
    named = [PRIORITIES[word] for word in ends if word in PRIORITIES]
    return ParsedArguments(
        links=found[:MAX_LINKS], omitted_count=max(0, len(found) - MAX_LINKS), priority=named[0] if named else None
    )


@attrs.frozen(kw_only=True)
class PlatformCommand:
    """A platform's own command.

    Attributes:
        plugin: The only plugin that may take the links.
        alias: The command without its prefix.
        title: The platform's name.
        example: A link that it takes.
    """

    plugin: str
    alias: str
    title: str
    example: str


@attrs.frozen(kw_only=True)
class DownloadCommand:
    """What a command asks for.

    Attributes:
        arguments: Links and priority.
        options: Further wishes.
        platform: Only this platform's links are taken, or None.
    """

    arguments: ParsedArguments
    options: DownloadOptions = DownloadOptions()
    platform: PlatformCommand | None = None


def linkable_text(message: discord.Message) -> str:
    """Return everything in a message that may hold a link."""
    forwarded = [snapshot.content for snapshot in message.message_snapshots]
    embedded = [embed.url for embed in message.embeds if embed.url]
    return "\n".join([message.content, *forwarded, *embedded])


async def replied_text(message: discord.Message) -> str:
    """Return the same of the message that this one replies to; empty where there is none, or none to be had."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return ""
    known = reference.resolved if isinstance(reference.resolved, discord.Message) else reference.cached_message
    if known is None:
        try:
            known = await message.channel.fetch_message(reference.message_id)
        except (discord.NotFound, discord.Forbidden):
            return ""
    return linkable_text(known)

"""The arguments of a download command: links, a priority word and options, from typed text or another message."""

import attrs
import discord

from boss_bot_core.domain.link import DownloadOptions, Link
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.routing import MAX_LINKS, find_links

_MAX_COUNTED_LINKS = 100
"""The number of links that are looked for, so that the answer can say how many were left out."""

PRIORITIES = {priority.name.lower(): priority for priority in DownloadPriority}


@attrs.frozen(kw_only=True)
class ParsedArguments:
    """The arguments that were found in a text.

    Attributes:
        links: The links that are downloaded, in order.
        omitted_count: How many further links the text has.
        priority: The priority that the first or last word names, or None.
    """

    links: tuple[Link, ...]
    omitted_count: int = 0
    priority: DownloadPriority | None = None

    def with_links_from(self, text: str) -> "ParsedArguments":
        """Return the arguments with the links of another text, such as the message that is replied to."""
        found = parse_arguments(text)
        return attrs.evolve(self, links=found.links, omitted_count=found.omitted_count)


def parse_arguments(text: str) -> ParsedArguments:
    """Return the arguments in `text`; words that are neither links nor a priority are ignored."""
    found = find_links(text, _MAX_COUNTED_LINKS)
    words = text.lower().split()
    ends = (words[-1], words[0]) if words else ()
    named = [PRIORITIES[word] for word in ends if word in PRIORITIES]
    return ParsedArguments(
        links=found[:MAX_LINKS], omitted_count=max(0, len(found) - MAX_LINKS), priority=named[0] if named else None
    )


@attrs.frozen(kw_only=True)
class PlatformCommand:
    """The command of one platform.

    Attributes:
        plugin: The only plugin that may handle the links.
        alias: The command without its prefix.
        title: The platform's name.
        example: A link that the platform's plugin accepts.
    """

    plugin: str
    alias: str
    title: str
    example: str


@attrs.frozen(kw_only=True)
class DownloadCommand:
    """Everything that one use of a download command asks for.

    Attributes:
        arguments: The links and the priority.
        options: Quality, sound only, spoiler and thread.
        platform: The platform whose links alone are accepted, or None for every site.
    """

    arguments: ParsedArguments
    options: DownloadOptions = DownloadOptions()
    platform: PlatformCommand | None = None


def linkable_text(message: discord.Message) -> str:
    """Return all parts of a message that may contain a link: its text, forwarded messages and embeds."""
    forwarded = [snapshot.content for snapshot in message.message_snapshots]
    embedded = [embed.url for embed in message.embeds if embed.url]
    return "\n".join([message.content, *forwarded, *embedded])


async def replied_text(message: discord.Message) -> str:
    """Return the linkable text of the message that `message` replies to; empty when there is none or it is gone."""
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

"""One use of a download command: what it asks for, what is submitted for each link, and why it may be refused."""

import attrs

from boss_bot_core.access import AccessGranted
from boss_bot_core.bot import exceptions
from boss_bot_core.bot.context.arguments import ParsedArguments
from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.context.message_link import is_message_link
from boss_bot_core.domain.items import Destination
from boss_bot_core.pipeline.request import DownloadSpec
from boss_bot_core.routing import FoundLink


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
        arguments: The links, the priority and the options.
        platform: The platform whose links alone are accepted, or None for every site.
    """

    arguments: ParsedArguments
    platform: PlatformCommand | None = None

    def check(self) -> None:
        """Return if the command can be carried out.

        Raises:
            NoLinkError: There is no link.
            UnknownWordsError: An option is mistyped. A mistyped `spoiler` must not become an open post.
        """
        if not self.arguments.found:
            raise exceptions.NoLinkError(self.platform.alias if self.platform else "dl")
        if self.arguments.mistyped:
            raise exceptions.UnknownWordsError(self.arguments.mistyped)

    def build_spec(self, found: FoundLink, channel: ChannelInfo, grant: AccessGranted) -> DownloadSpec:
        """Return what is submitted for one of the links.

        Raises:
            UnreadableMessageError: The link leads to a Discord message, and could not be replaced with its content.
        """
        if is_message_link(found.link):
            raise exceptions.UnreadableMessageError
        options = self.arguments.options
        return DownloadSpec(
            link=found.link,
            destination=Destination(kind="discord", target=str(channel.channel_id)),
            max_file_size_bytes=min(channel.upload_limit_bytes, grant.max_file_size_bytes),
            priority=grant.priority,
            options=attrs.evolve(options, spoiler=options.spoiler or found.is_hidden),
            known_host_only=not found.is_whole,
            plugin=self.platform.plugin if self.platform else None,
            max_attempts=grant.preferences.max_attempts,
        )

    def refuse_unsupported(self, found: FoundLink) -> exceptions.CommandRefusedError:
        """Return the refusal of a link that no plugin handles, or not the plugin of the platform."""
        host = found.link.host
        if self.platform is not None:
            return exceptions.WrongPlatformError(host, self.platform.title, self.platform.example)
        return exceptions.UnsupportedSiteError(host) if found.is_whole else exceptions.UnknownHostError(host)

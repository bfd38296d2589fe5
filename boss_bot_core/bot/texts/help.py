"""The pages of help, in the form that the PRD gives them: the overview, a page per command, and the supported sites."""

from collections.abc import Iterable, Mapping

import attrs

from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.escape import truncate
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.plugin.matching import Platform

SITES = "sites"
MAX_HELP_LENGTH = 1900
"""Characters in a code block; a message of a bot may have 2,000."""

_NAME_WIDTH = 8
_EXAMPLES_PER_SITE = 2


@attrs.frozen(kw_only=True)
class CommandHelp:
    """What users are told about a command, by `$dlh` and by Discord's list of slash commands.

    Attributes:
        summary: The typed command in one line.
        usage: The arguments of the typed command: `<url> [priority]`.
        examples: Arguments of examples.
        notes: Further lines.
        shows_limit: Whether the channel's upload limit is one of the notes.
        slash_summary: The slash command in one line.
        options: The options of the slash command in a few words each.
    """

    summary: LazyText | str
    usage: LazyText | str = ""
    examples: tuple[str, ...] = ()
    notes: tuple[LazyText | str, ...] = ()
    shows_limit: bool = False
    slash_summary: LazyText | str = ""
    options: Mapping[str, LazyText] = attrs.field(factory=dict)

    def render(self, command: str, limit: str) -> str:
        """Return the page as a message.

        Args:
            command: The command with its prefix.
            limit: The channel's upload limit.
        """
        usage = f"{command} {self.usage}".rstrip()
        lines = [f"{command}: {self.summary}", _("Usage: {usage}").format(usage=usage)]
        if self.examples:
            lines += ["", _("Examples:"), *(f"  {command} {example}".rstrip() for example in self.examples)]
        notes = [*self.notes, *([_max_file_size(limit)] if self.shows_limit else [])]
        if notes:
            lines += ["", _("Notes:"), *(f"- {note}" for note in notes)]
        return code_block(lines)


def code_block(lines: Iterable[str]) -> str:
    """Return lines as a code block, in which nothing is a link, a mention or markup."""
    text = "\n".join(lines).replace("`", "'")
    return f"```\n{truncate(text, MAX_HELP_LENGTH)}\n```"


def overview(commands: Mapping[str, CommandHelp], prefix: str, limit: str) -> str:
    """Return the page that lists all commands.

    Args:
        commands: The help of the typed commands, by name.
        prefix: The prefix of typed commands.
        limit: The channel's upload limit.
    """
    lines = [f"{prefix + name:<{_NAME_WIDTH}} {commands[name].summary}" for name in sorted(commands)]
    return code_block(
        [
            _("Send me a link, and I bring the media behind it into this channel."),
            "",
            *lines,
            "",
            _("{help} <command> explains one; {sites} lists what is supported.").format(
                help=f"{prefix}dlh", sites=f"{prefix}dlh {SITES}"
            ),
            _("Typed commands begin with {prefix} here, or with a mention of me.").format(prefix=prefix),
            _max_file_size(limit),
        ]
    )


def supported_sites(platforms: Iterable[Platform], prefix: str) -> str:
    """Return the page that lists the platforms of the installed plugins."""
    lines = [_("Supported sites:"), ""]
    for platform in platforms:
        alias = f" ({prefix}{platform.alias})" if platform.alias else ""
        lines.append(f"{platform.title}{alias}: {translate(platform.description)}")
        lines += [f"  {example}" for example in platform.examples[:_EXAMPLES_PER_SITE]]
    return code_block(lines)


def unknown_topic(suggestion: str | None, prefix: str) -> str:
    """Return the answer to a topic that has no page, with the most similar one that has."""
    sentence = _("❓ There is no such command. {command} lists them all.")
    if suggestion:
        sentence = _("❓ There is no such command. Did you mean {suggestion}? {command} lists them all.")
    return sentence.format(suggestion=f"`{prefix}dlh {suggestion}`", command=f"`{prefix}dlh`")


def _max_file_size(limit: str) -> str:
    return _("Max file size: {limit}").format(limit=limit)

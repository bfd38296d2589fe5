"""All the pages of help: the overview, a page for each command, and what is supported."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from discord.ext import commands

from boss_bot_core.bot.help.command_help import HelpPage, build_page, code_block
from boss_bot_core.plugin.matching import Platform

SITES = "sites"
_WIDTH = 8


class HelpPages:
    """Answers `$dlh` in all its forms.

    Args:
        prefix: What commands start with here.
        platforms: The platforms in use.
    """

    def __init__(self, prefix: str, platforms: Iterable[Platform]) -> None:
        self._prefix = prefix
        self._platforms = tuple(platforms)

    def render(self, topic: str | None, known: Mapping[str, commands.Command[Any, ..., Any]], limit: str) -> str:
        """Return the text for a topic: a command's name, `sites`, or nothing for the overview.

        Args:
            topic: What was typed.
            known: The typed commands, by name and alias; hidden ones are explained, and not listed.
            limit: The place's largest file, as text.
        """
        spec = (topic or "").strip().lower().removeprefix(self._prefix).removeprefix("/")
        if not spec:
            return self._overview({page.name: page for page in map(build_page, _listed(known))}, limit)
        if spec == SITES:
            return self._sites()
        if command := known.get(spec):
            return build_page(command).render(self._prefix, limit)
        close = get_close_matches(spec, [*known, SITES], n=1)
        guess = f" Did you mean `{self._prefix}dlh {close[0]}`?" if close else ""
        return f"❓ There is no such command.{guess} `{self._prefix}dlh` lists them all."

    def _overview(self, pages: dict[str, HelpPage], limit: str) -> str:
        lines = [f"{self._prefix + name:<{_WIDTH}} {pages[name].description}" for name in sorted(pages)]
        return code_block(
            [
                "Send me a link, and I bring the media behind it into this channel.",
                "",
                *lines,
                "",
                f"{self._prefix}dlh <command> explains one; {self._prefix}dlh {SITES} lists what is supported.",
                f"Max file size: {limit}",
            ]
        )

    def _sites(self) -> str:
        lines = ["Supported sites:", ""]
        for platform in self._platforms:
            alias = f" ({self._prefix}{platform.alias})" if platform.alias else ""
            lines += [f"{platform.title}{alias}: {platform.description}"]
            lines += [f"  {example}" for example in platform.examples[:2]]
        return code_block(lines)


def _listed(known: Mapping[str, commands.Command[Any, ..., Any]]) -> list[commands.Command[Any, ..., Any]]:
    return [command for command in known.values() if not command.hidden]

"""Renders a card for Discord: as an embed with buttons, or as plain text where the bot may not embed links."""

import attrs
import discord

from boss_bot_core.access.command_prefixes import FindPrefix
from boss_bot_core.bot.cards.content import build_card
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.model import CardData, CardModel
from boss_bot_core.bot.language import use_language
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.bot.texts.escape import MAX_MESSAGE_LENGTH
from boss_bot_core.bot.views.card_buttons import card_view
from boss_bot_core.domain.languages import ENGLISH
from boss_bot_core.domain.preferences import UserPreferences

_HEADING_LENGTH = 256
_DESCRIPTION_LENGTH = 4096


@attrs.frozen(kw_only=True)
class RenderedCard:
    """A card as a message shows it. Two cards that look the same are equal.

    Attributes:
        model: The card's content.
        content: The message's text; None for an embed.
        embed: The message's embed; None for plain text.
        with_buttons: Whether the message has buttons for actions.
        language: The language of the card.
    """

    model: CardModel
    content: str | None
    embed: discord.Embed | None
    with_buttons: bool = True
    language: str = ENGLISH

    @property
    def view(self) -> discord.ui.View:
        """A new view at each access, because a sent view must not be used again. It is empty if there is no button."""
        with use_language(self.language):
            return card_view(self.model.item_id, self.model.buttons if self.with_buttons else (), self.model.jump_url)


def truncate_lines(lines: list[str], footer: str, length: int) -> str:
    """Return lines and footer in at most `length` characters, without the last lines if they do not fit.

    The progress block comes first and is short, so it is never cut in two.
    """
    kept = list(lines)
    while sum(len(line) + 1 for line in kept) + len(footer) > length:
        kept.pop()
    return "\n".join([*kept, footer])


def body_lines(model: CardModel) -> list[str]:
    """Return everything between heading and footer."""
    title = [f"**{model.title}**"] if model.title else []
    block = ["```", *model.block, "```"] if model.block else []
    return [*title, *block, *model.lines]


def render_embed(model: CardModel, *, with_buttons: bool = True) -> RenderedCard:
    """Render `model` as an embed."""
    embed = discord.Embed(
        title=model.heading[:_HEADING_LENGTH],
        description=truncate_lines(body_lines(model), model.footer, _DESCRIPTION_LENGTH),
        colour=discord.Colour(model.colour),
    )
    return RenderedCard(model=model, content=None, embed=embed, with_buttons=with_buttons)


def render_plain(model: CardModel, *, with_buttons: bool = True) -> RenderedCard:
    """Render `model` as plain text."""
    content = truncate_lines([f"**{model.heading}**", *body_lines(model)], model.footer, MAX_MESSAGE_LENGTH)
    return RenderedCard(model=model, content=content, embed=None, with_buttons=with_buttons)


class CardRenderer:
    """Renders the cards of downloads.

    Args:
        clock: The time.
        find_prefix: Returns the prefix of typed commands in a guild.
        languages: Chooses the language of a card that is rendered for the first time.
        with_buttons: Whether cards have buttons for actions.
    """

    def __init__(self, clock: Clock, find_prefix: FindPrefix, languages: LanguageChoice, *, with_buttons: bool) -> None:
        self._clock = clock
        self._find_prefix = find_prefix
        self._languages = languages
        self._with_buttons = with_buttons

    def render(
        self, data: CardData, preferences: UserPreferences, *, plain: bool, language: str | None = None
    ) -> RenderedCard:
        """Return the card of a download.

        Args:
            data: Everything known of the download.
            preferences: The requester's preferences.
            plain: Whether the bot may not embed links there.
            language: The language of the card; None for its first message, whose place decides.
        """
        language = language or self._languages.for_card(data.item)
        with use_language(language):
            model = build_card(data, self._clock.now(), preferences, self._find_prefix(data.item.guild_id))
        render = render_plain if plain else render_embed
        return attrs.evolve(render(model, with_buttons=self._with_buttons), language=language)

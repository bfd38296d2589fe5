"""A card's lines within what Discord takes."""

from boss_bot_core.bot.cards.model import CardModel


def fitted(lines: list[str], footer: str, length: int) -> str:
    """Return lines and footer in at most `length` characters: what does not fit is left out from the end of the lines.

    The progress comes first and is short: its block is never torn apart.
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

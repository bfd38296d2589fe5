"""Rendered cards: they keep Discord's limits for every input, and each access to the view returns a new one."""

from datetime import timedelta

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.bot.cards.content import build_card
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.renderer import render_embed, render_plain
from boss_bot_core.bot.views.card_buttons import CardButton
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.media import SkippedFile
from boss_bot_core.domain.preferences import BarStyle, NotificationPreference, UserPreferences
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.factories import NOW, build_file, build_item, build_progress

TEXT = st.one_of(st.text(max_size=400), st.text(alphabet="*_`|@<>[]()#\\x ", min_size=100, max_size=400))


@st.composite
def card_data(draw: st.DrawFn) -> CardData:
    status = draw(st.sampled_from(DownloadStatus))
    item = build_item(
        status=status,
        title=draw(TEXT),
        author=draw(TEXT),
        error_type=draw(st.none() | st.sampled_from(ErrorType)),
        error_message=draw(TEXT),
        started_at=NOW,
        completed_at=NOW + timedelta(seconds=45),
        current_size=draw(st.integers(0, 10**12)),
    )
    return CardData(
        item=item,
        update=draw(st.none() | st.builds(build_progress, filename=TEXT)),
        files=tuple(build_file(draw(TEXT)) for _ in range(draw(st.integers(0, 12)))),
        skipped=tuple(SkippedFile(name=draw(TEXT), reason=draw(TEXT)) for _ in range(draw(st.integers(0, 7)))),
    )


@given(card_data(), st.sampled_from(BarStyle))
def test_every_card_keeps_the_limits_and_mentions_only_its_requester(data: CardData, style: BarStyle) -> None:
    preferences = UserPreferences(notification_level=NotificationPreference.VERBOSE, progress_bar_style=style)
    model = build_card(data, NOW, preferences)
    plain, embedded = render_plain(model), render_embed(model)
    assert plain.content is not None
    assert embedded.embed is not None
    assert embedded.embed.description is not None
    assert len(plain.content) <= 2000
    assert len(embedded.embed.description) <= 4096
    assert len(embedded.embed.title or "") <= 256
    for text in (plain.content, embedded.embed.description):
        assert text.endswith(model.footer)
        assert text.count("```") in {0, 2}
        assert "@everyone" not in text
        assert text.count("<@") == 1


async def test_each_access_returns_a_new_view() -> None:
    card = render_embed(build_card(CardData(item=build_item()), NOW))
    assert card.view is not card.view
    assert all(isinstance(each, CardButton) for each in card.view.children)
    assert card.view.timeout is None


async def test_a_completed_card_links_to_its_files() -> None:
    data = CardData(item=build_item(status=DownloadStatus.COMPLETED), jump_url="https://discord.com/channels/1/2/3")
    link, delete = render_embed(build_card(data, NOW)).view.children
    assert isinstance(link, discord.ui.Button)
    assert (link.url, link.custom_id) == ("https://discord.com/channels/1/2/3", None)
    assert isinstance(delete, CardButton)


@pytest.mark.parametrize("render", [render_embed, render_plain])
def test_cards_that_look_the_same_are_equal(render: type) -> None:
    one, same, other = (
        render(build_card(CardData(item=build_item(**changes)), NOW)) for changes in ({}, {}, {"pause_requested": True})
    )
    assert one == same
    assert one != other

"""`$storage` and `/storage`: who sees what, as text and as a picture."""

import io
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PIL import Image

from boss_bot_core.charts import bar_chart
from boss_bot_core.charts.bar_chart import Bar, draw_bar_chart
from boss_bot_sandbox.discord.model.message import Message
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stored(harness: BotHarness) -> AsyncIterator[Message]:
    """A delivered download, whose files are stored."""
    card = await harness.answer("ada", f"$dl {harness.site.http_url}/files/clip.mp4?size_bytes=300000")
    await harness.wait_for_delivery(card)
    yield card


async def test_in_a_channel_the_files_of_its_server_are_shown(harness: BotHarness, stored: Message) -> None:
    answer = await harness.answer("olivia", "$storage")
    lines = answer.content.splitlines()
    assert lines[0] == "**Stored files of this server by type**"
    assert lines[2].startswith("Stored: ")
    assert lines[2].endswith(" in 1 download")
    assert lines[3].startswith("Fetched today: ")
    assert any(line.startswith("video ") for line in lines)
    assert "expires within 24 hours: " in answer.content
    (picture,) = answer.attachments
    assert picture.description == "Stored files of this server by type"


async def test_members_are_refused(harness: BotHarness) -> None:
    for name in ("ada", "milo"):
        assert "Manage Server" in (await harness.answer(name, "$storage")).content
    direct = await harness.answer("ada", "$storage", harness.user("ada").direct())
    assert direct.content == "❌ That works in a server only."


async def test_the_owner_sees_all_servers_in_private_only(harness: BotHarness, stored: Message) -> None:
    exchange = await harness.user("olivia").commands.slash(harness.general, "storage", {})
    shown = await exchange.reply()
    assert shown.visible_to == harness.user("olivia").id
    assert shown.content.startswith("**Stored files by server**")
    assert "of this server" in (await harness.answer("olivia", "$storage")).content
    direct = await harness.answer("olivia", "$storage", harness.user("olivia").direct())
    assert direct.content.startswith("**Stored files by server**")


async def test_a_chart_has_a_row_for_each_bar() -> None:
    bars = [Bar(label="a name that is far too long for its place", value=9, text="9 MB")] * 3
    picture = await draw_bar_chart("Stored", bars)
    assert picture is not None
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.size) == ("PNG", (720, 176))
    assert len(image.convert("RGB").getcolors(100_000) or ()) > 3


async def test_a_chart_that_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await draw_bar_chart("Stored", [], timeout_s=0.0) is None
    monkeypatch.setattr(bar_chart, "_PROGRAM", ("-c", "raise SystemExit(3)"))
    assert await draw_bar_chart("Stored", []) is None

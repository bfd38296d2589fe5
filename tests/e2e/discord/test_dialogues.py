"""The PRD's example dialogues, in the same order, with one download at a time so that others wait."""

import re
from collections.abc import AsyncIterator
from itertools import pairwise

import attrs
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.events import MessageCreated, MessageEdited
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Chat, Sandbox, id_on, labels, text_of
from tests.e2e.discord.conftest import OpenSandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")

SIZE_BYTES = 900_000
RATE_BPS = 80_000


@attrs.frozen
class Dialogue:
    """A running download and two that wait behind it; ours is the last."""

    first: Chat
    first_card: Message
    ours: Chat
    card: Message


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox(open_sandbox: OpenSandbox) -> AsyncIterator[Sandbox]:
    async with open_sandbox(MAX_CONCURRENT_DOWNLOADS="1") as sandbox:
        yield sandbox


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def dialogue(sandbox: Sandbox) -> Dialogue:
    earlier, first, second, ours = (sandbox.open_chat() for _ in range(4))
    # The estimate of a start is based on finished downloads.
    await earlier.wait_for_status(await earlier.ask(f"$dl {sandbox.video(0)}"), "completed")
    slow = sandbox.video(1, size_bytes=SIZE_BYTES, rate_bps=RATE_BPS)
    first_card = await first.ask(f"$dl {slow}")
    await first.wait_for_status(first_card, "downloading")
    await second.ask(f"$dl {sandbox.video(2)}")
    return Dialogue(first, first_card, ours, await ours.ask(f"$dlt {tweet('video').url}"))


async def test_a_new_card_shows_the_queue_position(dialogue: Dialogue) -> None:
    heading, *lines = text_of(dialogue.card).splitlines()
    assert heading == "🕒 Queued · x.com"
    assert lines[:2] == ["Starting download...", "Queue position: 2 of 2"]
    assert re.fullmatch(r"Estimated start: (<t:\d+:R>|any moment)", lines[2])
    assert lines[3] == f"#{id_on(dialogue.card)} · by <@{dialogue.ours.user.id}>"
    assert labels(dialogue.card) == ["Pause", "Cancel", "Details"]
    assert dialogue.card.mention_ids == ()


async def test_the_queue_lists_the_downloads_ahead(dialogue: Dialogue) -> None:
    lines = (await dialogue.ours.ask("$dlq")).content.replace("```", "").strip().splitlines()
    assert lines[0] == "Current Queue Status:"
    assert re.fullmatch(r"1\. clip\.mp4 #[0-9a-f]{6} (\[[=> ]{8}\] \d+%|\[DOWNLOADING\])", lines[1])
    assert re.fullmatch(r"2\. clip\.mp4 #[0-9a-f]{6} \[WAITING\]", lines[2])
    assert re.fullmatch(r"3\. \d+ #[0-9a-f]{6}\* \[WAITING\]", lines[3])
    assert lines[-2] == "Your position: 2"
    assert re.fullmatch(r"Estimated wait: \d+ (second|minute)s?", lines[-1])


@pytest.mark.slow
async def test_progress_edits_one_message_every_five_seconds(dialogue: Dialogue) -> None:
    first = dialogue.first
    await first.shows(dialogue.first_card, "✅ Download complete!")
    shown = [text_of(state) for state in first.channel.states(dialogue.first_card)]
    progress = re.compile(
        r"Downloading: clip\.mp4\n"
        r"Progress: \[=+>? *\] (\d+)% · \d+ / 879 KB\n"
        r"Speed: \d+ KB/s\n"
        r"ETA: \d+s\n"
        r"Status: Downloading"
    )
    percents = [int(found[1]) for text in shown if (found := progress.search(text))]
    assert len(percents) >= 2, shown
    assert percents == sorted(percents)
    bars = [found[1] for text in shown if (found := re.search(r"Progress: \[(.*?)\]", text))]
    assert {len(bar) for bar in bars} == {20}
    log = [(entry.at_s, entry.event) for entry in first.discord.transcript]
    edited = [
        (at, text_of(event.message))
        for at, event in log
        if isinstance(event, MessageEdited) and event.message.id == dialogue.first_card.id
    ]
    assert all(after - before > 4.9 for before, after in pairwise(at for at, text in edited if progress.search(text)))
    assert len(first.cards()) == 1
    assert not [text for _, text in edited if "Downloading: media.example.com" in text], "a host is no file"
    assert not [text for _, text in edited if "Processing for Discord upload" in text], "nothing was converted"


async def test_the_end_is_shown_as_soon_as_the_file_is_there(dialogue: Dialogue) -> None:
    first = dialogue.first
    await first.shows(dialogue.first_card, "✅ Download complete!")
    log = [(entry.at_s, entry.event) for entry in first.discord.transcript]
    (sent,) = [
        at
        for at, event in log
        if isinstance(event, MessageCreated)
        and event.message.attachments
        and event.message.channel_id == first.channel.id
    ]
    shown = [
        at
        for at, event in log
        if isinstance(event, MessageEdited)
        and event.message.id == dialogue.first_card.id
        and "✅ Download complete!" in text_of(event.message)
    ]
    assert shown[0] - sent < 2.0, "a second, and time for a slow machine"


async def test_a_finished_card_shows_file_size_and_time(dialogue: Dialogue) -> None:
    card = await dialogue.ours.shows(dialogue.card, "✅ Download complete!")
    heading, *lines = text_of(card).splitlines()
    assert heading == "✅ Download complete!"
    (file,) = (await dialogue.ours.delivery()).attachments
    assert re.fullmatch(r"File: .+\.mp4", lines[1]), lines
    assert re.fullmatch(r"Size: \d+(\.\d)?[KM]B", lines[2])
    assert re.fullmatch(r"Time: \d+s", lines[3])
    assert labels(card) == ["Jump to files", "Delete"]
    assert file.content_type == "video/mp4"
    assert file.duration_s


async def test_one_message_pings_the_requester(dialogue: Dialogue) -> None:
    ours = dialogue.ours
    told = await ours.channel.wait_for(lambda one: one.reply_to_id == dialogue.card.id)
    assert told.content.startswith(f"<@{ours.user.id}> ✅ Download complete!")
    assert told.mention_ids == (ours.user.id,)
    card, answer, files, ping = ours.posted()
    assert (card.id, ping.id) == (dialogue.card.id, told.id)
    assert answer.content.startswith("```\nCurrent Queue")
    assert files.attachments
    assert not any(one.mention_ids for one in (card, answer, files))


async def test_the_card_shows_the_states_in_order(dialogue: Dialogue) -> None:
    shown = [
        text_of(state).splitlines()[0].split(" · ")[0] for state in dialogue.first.channel.states(dialogue.first_card)
    ]
    order = ["🕒 Queued", "⬇ Downloading", "⚙ Processing", "⬆ Uploading", "✅ Download complete!"]
    places = [order.index(heading) for heading in shown]
    assert places == sorted(places)
    assert (shown[0], shown[-1]) == (order[0], order[-1])

"""Every way of asking and steering, each once, with the real bot: typed, as a slash command, from a menu, by button,
by reaction. What each of them answers in every case is tested in `tests/bot`.
"""

from collections.abc import AsyncIterator

import attrs
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Sandbox, Scene, id_on, labels, text_of
from tests.e2e.discord.conftest import OpenSandbox
from tests.e2e.discord.scenarios import Begun, Play, title

pytestmark = pytest.mark.asyncio(loop_scope="module")

RATE_BPS = 100_000
PAUSE, RESUME, CANCEL, DETAILS, RETRY = "⏸️", "▶️", "⏹️", "\N{INFORMATION SOURCE}️", "🔄"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox(open_sandbox: OpenSandbox) -> AsyncIterator[Sandbox]:
    async with open_sandbox() as sandbox:
        await sandbox.sync()
        yield sandbox


async def ends_well(scene: Scene, card: Message) -> None:
    await scene.shows(card, "✅ Download complete!")
    assert len(scene.files()) == 1


async def the_platforms_commands_take_their_links(sandbox: Sandbox) -> None:
    for number, text in enumerate(
        (f"$dlt {tweet('photo').url}", "$dlr https://www.reddit.com/r/sandbox/comments/1image/image/ high")
    ):
        scene = sandbox.scene(name=f"platform-{number}")
        await scene.until(await scene.ask(text), "completed")
        assert len(scene.files()) == 1


async def a_message_s_menu_takes_its_links(sandbox: Sandbox) -> None:
    scene = sandbox.scene()
    posted = await sandbox.of("bob", scene.channel).user.say(scene.channel, f"look: {sandbox.video(2)}")
    card = await (await scene.user.menus.message("Download media", posted)).reply()
    await scene.until(card, "completed")
    assert scene.files() == ["clip.mp4"]


async def the_other_slash_commands_answer_and_complete(sandbox: Sandbox) -> None:
    scene = sandbox.scene()
    card = await scene.begin(sandbox.video(3, rate_bps=RATE_BPS))
    shown = await (await scene.user.commands.slash(scene.channel, "dlq")).reply()
    assert f"#{id_on(card)}*" in shown.content
    assert shown.visible_to == scene.user.id
    for name, option, typed, expected in (
        ("dlc", "download", "", id_on(card)),
        ("dls", "setting", "ba", "bar"),
        ("dlh", "topic", "dlq", "dlq"),
    ):
        offered = await scene.user.commands.complete(scene.channel, name, option, typed)
        assert [one["value"] for one in offered] == [expected]
        answer = await (await scene.user.commands.slash(scene.channel, name, {option: expected})).reply()
        assert expected in answer.content
        assert answer.visible_to == scene.user.id
    await scene.shows(card, "⏹ Cancelled")


async def buttons_pause_resume_cancel_and_retry(sandbox: Sandbox) -> None:
    scene = sandbox.scene()
    card = await scene.begin(sandbox.video(4, rate_bps=RATE_BPS))
    other = sandbox.of("bob", scene.channel)
    assert (await other.press(card, "Cancel")).startswith(f"Only <@{scene.user.id}>, a moderator or the bot's owner")
    assert "Pausing" in await scene.press(card, "Pause")
    paused = await scene.shows(card, "⏸ Paused")
    assert labels(paused) == ["Resume", "Cancel", "Details"]
    assert "It goes on" in await scene.press(card, "Resume")
    await scene.until(card, "downloading")
    assert "Priority: Normal" in await scene.press(card, "Details")
    assert "Cancelling" in await scene.press(card, "Cancel")
    cancelled = await scene.shows(card, "⏹ Cancelled")
    assert labels(cancelled) == ["Retry", "Details", "Delete"]
    assert "in the queue again" in await scene.press(card, "Retry")
    await ends_well(scene, card)
    assert await scene.press(card, "Delete") == "🗑️ Deleted."


async def reactions_do_the_same(sandbox: Sandbox) -> None:
    scene = sandbox.scene()
    card = await scene.begin(sandbox.video(5, rate_bps=RATE_BPS))
    for emoji, status in ((PAUSE, "paused"), (RESUME, "downloading"), (CANCEL, "cancelled"), (RETRY, "downloading")):
        await scene.user.react(card, emoji)
        await scene.until(card, status)
        await scene.user.unreact(card, emoji)
    await scene.user.react(card, DETAILS)
    details = await scene.channel.wait_for(lambda one: "Priority: Normal" in one.content)
    assert details.reply_to_id == card.id
    await ends_well(scene, card)


async def direct_messages_have_the_same_controls(sandbox: Sandbox) -> None:
    scene = sandbox.scene()
    direct = attrs.evolve(scene, channel=scene.user.direct())
    card = await direct.begin(sandbox.video(7, rate_bps=RATE_BPS))
    assert "Pausing" in await direct.press(card, "Pause")
    await direct.shows(card, "⏸ Paused")
    await direct.user.react(card, RESUME)
    await direct.until(card, "downloading")
    done = await direct.shows(card, "✅ Download complete!")
    assert direct.files() == ["clip.mp4"]
    assert labels(done) == ["Jump to files", "Delete"]
    assert await direct.press(card, "Delete") == "🗑️ Deleted."
    assert not any(one.attachments for one in direct.channel.messages)


async def typed_commands_answer(sandbox: Sandbox) -> None:
    scene = sandbox.scene()
    card = await scene.begin(sandbox.video(6, rate_bps=RATE_BPS))
    assert f"#{id_on(card)}*" in (await scene.ask("$dlq")).content
    assert "Total downloads today: 1/10" in (await scene.ask("$dls")).content
    assert "Usage: $dlt <url> [priority]" in (await scene.ask("$dlh dlt")).content
    assert (await scene.ask("$health")).content.startswith("✅ I'm well.")
    assert (await scene.ask(f"$dlc {id_on(card)}")).content == f"⏹️ Cancelling… Job `{id_on(card)}`."
    await scene.shows(card, "⏹ Cancelled")


async def the_same_media_comes_from_storage(sandbox: Sandbox) -> None:
    first, second = sandbox.scene(), sandbox.scene()
    url = tweet("gif").url
    await first.until(await first.ask(f"$dl {url}"), "completed")
    asked = len(sandbox.site.requests.matching(host="video.twimg.com"))
    await second.until(await second.ask(f"$dl {url.replace('x.com', 'fxtwitter.com')}?s=20"), "completed")
    assert len(sandbox.site.requests.matching(host="video.twimg.com")) == asked
    assert second.files() == first.files()


PLAYS: list[Play] = [
    the_platforms_commands_take_their_links,
    a_message_s_menu_takes_its_links,
    the_other_slash_commands_answer_and_complete,
    buttons_pause_resume_cancel_and_retry,
    reactions_do_the_same,
    direct_messages_have_the_same_controls,
    typed_commands_answer,
    the_same_media_comes_from_storage,
]


@pytest.mark.parametrize("play", PLAYS, ids=title)
async def test_that(tasks: Begun, play: Play) -> None:
    await tasks[play]


async def test_a_slash_commands_card_outlives_its_token(sandbox: Sandbox) -> None:
    # No play: every token ends, whoever waits for an answer.
    scene = sandbox.scene()
    options: dict[str, str | int | float | bool] = {
        "url": sandbox.video(1, rate_bps=RATE_BPS),
        "priority": "low",
        "spoiler": True,
    }
    card = await (await scene.user.commands.slash(scene.channel, "dl", options)).reply()
    await scene.until(card, "downloading")
    sandbox.discord.faults.expire_interactions()
    await ends_well(scene, card)
    assert (await scene.delivery()).attachments[0].is_spoiler
    assert sandbox.bot.row(id_on(card))["priority"] == 0


async def test_lost_answers_to_slash_commands_are_repeated(sandbox: Sandbox) -> None:
    # No play: these faults hit whoever uses a command.
    faults, cards = sandbox.discord.faults, []
    for route in ("POST /interactions/*/*/callback", "PATCH /webhooks/*/*/messages/@original"):
        for fail in (faults.error, faults.reset):
            for applied in (False, True):
                scene = sandbox.scene()
                fail(route=route, applied=applied)
                exchange = await scene.user.commands.slash(scene.channel, "dl", {"url": sandbox.video(7)})
                cards.append((scene, await exchange.wait_for(lambda one: bool(one.components))))
    for scene, card in cards:
        await ends_well(scene, card)
        assert [text_of(one) for one in scene.cards()[1:]] == []

"""Every kind of command and control once, with the real bot: typed commands, slash commands, menus, buttons and
reactions. All answers of each of them are tested in `tests/bot`.
"""

from collections.abc import AsyncIterator
from functools import partial

import attrs
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord import Permission
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Chat, Sandbox, id_on, labels, text_of
from tests.e2e.discord.conftest import OpenSandbox
from tests.e2e.discord.scenarios import Scenario, ScenarioTasks, scenario_id

pytestmark = pytest.mark.asyncio(loop_scope="module")

RATE_BPS = 100_000
PAUSE, RESUME, CANCEL, DETAILS, RETRY = "⏸️", "▶️", "⏹️", "\N{INFORMATION SOURCE}️", "🔄"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox(open_sandbox: OpenSandbox) -> AsyncIterator[Sandbox]:
    async with open_sandbox() as sandbox:
        await sandbox.sync()
        yield sandbox


async def wait_until_delivered(chat: Chat, card: Message) -> None:
    await chat.shows(card, "✅ Download complete!")
    assert len(chat.files()) == 1


async def the_platforms_commands_download_their_links(sandbox: Sandbox) -> None:
    for number, text in enumerate(
        (f"$dlt {tweet('photo').url}", "$dlr https://www.reddit.com/r/sandbox/comments/1image/image/ high")
    ):
        chat = sandbox.open_chat(name=f"platform-{number}")
        await chat.wait_for_status(await chat.ask(text), "completed")
        assert len(chat.files()) == 1


async def the_menu_of_a_message_downloads_its_links(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    posted = await sandbox.chat_of("bob", chat.channel).user.say(chat.channel, f"look: {sandbox.video(2)}")
    card = await (await chat.user.menus.message("Download media", posted)).reply()
    await chat.wait_for_status(card, "completed")
    assert chat.files() == ["clip.mp4"]


async def the_bot_posts_nothing_that_its_requester_may_not_post(sandbox: Sandbox, *, missing: Permission) -> None:
    chat = sandbox.open_chat()
    name = str(missing.name).replace("_", " ").title()
    told = f"🔒 You need {name} here to have media posted. A server admin can change that."
    card = await chat.begin(sandbox.video(40, rate_bps=5_000))
    await chat.press(card, "Cancel")
    await chat.wait_for_status(card, "cancelled")
    sandbox.discord.admin.withdraw(chat.channel, missing, user=chat.user)
    posted = await sandbox.chat_of("bob", chat.channel).user.say(chat.channel, sandbox.video(41))
    assert (await chat.ask(f"$dl {sandbox.video(42)}")).content == told
    for opened in (
        await chat.user.commands.slash(chat.channel, "dl", {"url": sandbox.video(43)}),
        await chat.user.menus.message("Download media", posted),
        await chat.user.press(await chat.shows(card, "[Retry]"), "Retry"),
    ):
        assert (await opened.reply()).content == told
    assert chat.files() == []
    sandbox.discord.admin.grant(chat.channel, missing, user=chat.user)
    await wait_until_delivered(chat, await chat.ask(f"$dl {sandbox.video(42)}"))


async def the_other_slash_commands_answer_and_complete(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    card = await chat.begin(sandbox.video(3, rate_bps=RATE_BPS))
    shown = await (await chat.user.commands.slash(chat.channel, "dlq")).reply()
    assert f"#{id_on(card)}*" in shown.content
    assert shown.visible_to == chat.user.id
    for name, option, typed, expected in (
        ("dlc", "download", "", id_on(card)),
        ("dls", "setting", "ba", "bar"),
        ("dlh", "topic", "dlq", "dlq"),
    ):
        offered = await chat.user.commands.complete(chat.channel, name, option, typed)
        assert [one["value"] for one in offered] == [expected]
        answer = await (await chat.user.commands.slash(chat.channel, name, {option: expected})).reply()
        assert expected in answer.content
        assert answer.visible_to == chat.user.id
    await chat.shows(card, "⏹ Cancelled")


async def buttons_pause_resume_cancel_and_retry(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    card = await chat.begin(sandbox.video(4, rate_bps=RATE_BPS))
    other = sandbox.chat_of("bob", chat.channel)
    assert (await other.press(card, "Cancel")).startswith(f"Only <@{chat.user.id}>, a moderator or the bot's owner")
    assert "Pausing" in await chat.press(card, "Pause")
    paused = await chat.shows(card, "⏸ Paused")
    assert labels(paused) == ["Resume", "Cancel", "Details"]
    assert "It goes on" in await chat.press(card, "Resume")
    await chat.wait_for_status(card, "downloading")
    assert "Priority: Normal" in await chat.press(card, "Details")
    assert "Cancelling" in await chat.press(card, "Cancel")
    cancelled = await chat.shows(card, "⏹ Cancelled")
    assert labels(cancelled) == ["Retry", "Details", "Delete"]
    assert "in the queue again" in await chat.press(card, "Retry")
    await wait_until_delivered(chat, card)
    assert await chat.press(card, "Delete") == "🗑️ Deleted."


async def reactions_pause_resume_cancel_and_retry(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    card = await chat.begin(sandbox.video(5, rate_bps=RATE_BPS))
    for emoji, status in ((PAUSE, "paused"), (RESUME, "downloading"), (CANCEL, "cancelled"), (RETRY, "downloading")):
        await chat.user.react(card, emoji)
        await chat.wait_for_status(card, status)
        await chat.user.unreact(card, emoji)
    await chat.user.react(card, DETAILS)
    details = await chat.channel.wait_for(lambda one: "Priority: Normal" in one.content)
    assert details.reply_to_id == card.id
    await wait_until_delivered(chat, card)


async def direct_messages_have_the_same_controls(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    direct = attrs.evolve(chat, channel=chat.user.direct())
    card = await direct.begin(sandbox.video(7, rate_bps=RATE_BPS))
    assert "Pausing" in await direct.press(card, "Pause")
    await direct.shows(card, "⏸ Paused")
    await direct.user.react(card, RESUME)
    await direct.wait_for_status(card, "downloading")
    done = await direct.shows(card, "✅ Download complete!")
    assert direct.files() == ["clip.mp4"]
    assert labels(done) == ["Jump to files", "Delete"]
    assert await direct.press(card, "Delete") == "🗑️ Deleted."
    assert not any(one.attachments for one in direct.channel.messages)


async def typed_commands_answer(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    card = await chat.begin(sandbox.video(6, rate_bps=RATE_BPS))
    assert f"#{id_on(card)}*" in (await chat.ask("$dlq")).content
    assert "Total downloads today: 1/10" in (await chat.ask("$dls")).content
    assert "Usage: $dlt <url> [priority]" in (await chat.ask("$dlh dlt")).content
    assert (await chat.ask("$health")).content.startswith("✅ I'm well.")
    assert (await chat.ask(f"$dlc {id_on(card)}")).content == f"⏹️ Cancelling… Job `{id_on(card)}`."
    await chat.shows(card, "⏹ Cancelled")


async def the_same_media_comes_from_storage(sandbox: Sandbox) -> None:
    first, second = sandbox.open_chat(), sandbox.open_chat()
    url = tweet("gif").url
    await first.wait_for_status(await first.ask(f"$dl {url}"), "completed")
    asked = len(sandbox.site.requests.matching(host="video.twimg.com"))
    await second.wait_for_status(await second.ask(f"$dl {url.replace('x.com', 'fxtwitter.com')}?s=20"), "completed")
    assert len(sandbox.site.requests.matching(host="video.twimg.com")) == asked
    assert second.files() == first.files()


SCENARIOS: list[Scenario] = [
    the_platforms_commands_download_their_links,
    the_menu_of_a_message_downloads_its_links,
    the_other_slash_commands_answer_and_complete,
    *(
        partial(the_bot_posts_nothing_that_its_requester_may_not_post, missing=missing)
        for missing in (Permission.ATTACH_FILES, Permission.EMBED_LINKS)
    ),
    buttons_pause_resume_cancel_and_retry,
    reactions_pause_resume_cancel_and_retry,
    direct_messages_have_the_same_controls,
    typed_commands_answer,
    the_same_media_comes_from_storage,
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_id)
async def test_scenario(tasks: ScenarioTasks, scenario: Scenario) -> None:
    await tasks[scenario]


async def test_a_slash_commands_card_is_edited_after_its_token_expired(sandbox: Sandbox) -> None:
    # This is not a scenario, because the tokens of all interactions expire.
    chat = sandbox.open_chat()
    options: dict[str, str | int | float | bool] = {
        "url": sandbox.video(1, rate_bps=RATE_BPS),
        "priority": "low",
        "spoiler": True,
    }
    card = await (await chat.user.commands.slash(chat.channel, "dl", options)).reply()
    await chat.wait_for_status(card, "downloading")
    sandbox.discord.faults.expire_interactions()
    await wait_until_delivered(chat, card)
    assert (await chat.delivery()).attachments[0].is_spoiler
    assert sandbox.bot.row(id_on(card))["priority"] == 0


async def test_lost_answers_to_slash_commands_are_repeated(sandbox: Sandbox) -> None:
    # This is not a scenario, because these faults hit every command.
    faults, cards = sandbox.discord.faults, []
    for route in ("POST /interactions/*/*/callback", "PATCH /webhooks/*/*/messages/@original"):
        for fail in (faults.error, faults.reset):
            for applied in (False, True):
                chat = sandbox.open_chat()
                fail(route=route, applied=applied)
                exchange = await chat.user.commands.slash(chat.channel, "dl", {"url": sandbox.video(7)})
                cards.append((chat, await exchange.wait_for(lambda one: bool(one.components))))
    for chat, card in cards:
        await wait_until_delivered(chat, card)
        assert [text_of(one) for one in chat.cards()[1:]] == []

"""Places that the client knows little of: threads that it was not told of, posts of forums, voice channels."""

from functools import partial

import attrs
import pytest

from boss_bot_sandbox.discord import Permission
from boss_bot_sandbox.discord.model.channels import ChannelKind
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Chat, Sandbox, id_on, text_of
from tests.e2e.discord.scenarios import Scenario, ScenarioTasks, scenario_id

pytestmark = pytest.mark.asyncio(loop_scope="module")


def open_thread(sandbox: Sandbox, *, adult: bool = False) -> Chat:
    """Return a chat in a thread that the client was not told of."""
    chat = sandbox.open_chat(adult=adult)
    thread = sandbox.discord.seed.thread("unannounced", chat.channel, announced=False)
    return attrs.evolve(chat, channel=chat.user.observe(thread))


async def assert_delivers(chat: Chat, link: str) -> None:
    card = await chat.ask(f"$dl {link}")
    await chat.shows(card, "✅ Download complete!")
    assert len(chat.files()) == 1
    assert chat.user.direct().messages == []


async def a_file_arrives_in_an_unknown_thread(sandbox: Sandbox) -> None:
    await assert_delivers(open_thread(sandbox), sandbox.video(1))


async def a_missing_permission_is_named_in_an_unknown_thread(sandbox: Sandbox) -> None:
    chat = open_thread(sandbox)
    parent = sandbox.discord.state.channel(chat.channel.id).parent_id
    assert parent is not None
    sandbox.discord.admin.withdraw(sandbox.discord.state.channel(parent), Permission.ATTACH_FILES)
    assert (await chat.ask(f"$dl {sandbox.video(2)}")).content == "⚠ I need **Attach Files** here."


async def adult_media_arrive_in_an_unknown_thread_of_an_age_restricted_channel(sandbox: Sandbox) -> None:
    chat = open_thread(sandbox, adult=True)
    card = await chat.ask(f"$dl {tweet('sensitive').url}")
    await chat.shows(card, "✅ Download complete!")
    assert all(file.is_spoiler for file in (await chat.delivery()).attachments)


async def a_moderator_may_act_in_an_unknown_thread(sandbox: Sandbox) -> None:
    chat = open_thread(sandbox)
    card = await chat.begin(sandbox.video(3, rate_bps=5_000))
    milo = sandbox.discord.user("milo")
    await milo.react(chat.channel.message(card), "⏹️")
    await chat.wait_for_status(card, "cancelled")


async def the_end_of_an_unknown_thread_is_told(sandbox: Sandbox) -> None:
    chat = open_thread(sandbox)
    card = await chat.begin(sandbox.video(4, rate_bps=5_000))
    sandbox.discord.admin.delete_channel(chat.channel)
    told = await chat.user.direct().wait_for(lambda one: id_on(card) in one.content)
    assert told.content.startswith("⏹ I stopped 1 download of yours: the channel is gone.")
    await chat.wait_for_status(card, "cancelled")


async def a_file_arrives_in_a_post_of_a_forum(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    forum = sandbox.discord.seed.channel("forum", sandbox.discord.guild(), kind=ChannelKind.FORUM)
    post = sandbox.discord.seed.thread("a post", forum)
    await assert_delivers(attrs.evolve(chat, channel=chat.user.observe(post)), sandbox.video(5))


async def a_file_arrives_beside_a_conversation(sandbox: Sandbox, *, kind: ChannelKind) -> None:
    chat = sandbox.open_chat()
    channel = sandbox.discord.seed.channel(kind.name.lower(), sandbox.discord.guild(), kind=kind)
    await assert_delivers(attrs.evolve(chat, channel=chat.user.observe(channel)), sandbox.video(6 + kind))


async def a_file_arrives_in_direct_messages(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    direct = attrs.evolve(chat, channel=chat.user.direct())
    card = await direct.ask(f"$dl {sandbox.video(30)}")
    assert "Download complete" in text_of(await direct.shows(card, "✅ Download complete!"))
    assert len(direct.files()) == 1


SCENARIOS: list[Scenario] = [
    a_file_arrives_in_an_unknown_thread,
    a_missing_permission_is_named_in_an_unknown_thread,
    adult_media_arrive_in_an_unknown_thread_of_an_age_restricted_channel,
    a_moderator_may_act_in_an_unknown_thread,
    the_end_of_an_unknown_thread_is_told,
    a_file_arrives_in_a_post_of_a_forum,
    *(partial(a_file_arrives_beside_a_conversation, kind=kind) for kind in (ChannelKind.VOICE, ChannelKind.STAGE)),
    a_file_arrives_in_direct_messages,
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_id)
async def test_scenario(tasks: ScenarioTasks, scenario: Scenario) -> None:
    await tasks[scenario]

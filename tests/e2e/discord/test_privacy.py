"""`/privacy` and `$privacy`: what is kept, and that nothing of a person is left after the deletion."""

import json
import re
from pathlib import Path

import attrs
import pytest

from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.bot_driver import Chat, Sandbox, id_on, text_of
from tests.e2e.discord.conftest import OpenSandbox

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def deliver(sandbox: Sandbox, chat: Chat, link: str) -> Message:
    """Download a link, and return its card when it is done."""
    card = await chat.ask(f"$dl {link}")
    await chat.delivery()
    await chat.wait_for_status(card, "completed")
    return card


def find(folder: Path, words: list[str]) -> list[str]:
    """Return where any of some words is, in the names and the contents of all files and folders below `folder`."""
    found = []
    for path in sorted(folder.rglob("*")):
        content = str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b"")
        found += [f"{word} in {path.name}" for word in words if word.encode() in content]
    return found


@attrs.frozen
class Person:
    """A user with a delivered download, a running one, a waiting one, a failed one, and settings."""

    chat: Chat
    words: list[str]


async def live(sandbox: Sandbox) -> Person:
    chat = sandbox.open_chat(name="private")
    links = [sandbox.video(7001), sandbox.video(7002, size_bytes=9_000_000, rate_bps=20_000)]
    links += [sandbox.video(7003, size_bytes=9_000_000, rate_bps=20_000), "https://media.example.com/status/404"]
    cards = [await deliver(sandbox, chat, links[0]), await chat.ask(f"$dl {links[3]}")]
    await chat.wait_for_status(cards[1], "failed")
    cards += [await chat.begin(links[1]), await chat.ask(f"$dl {links[2]} low")]
    assert "retries" in (await chat.ask("$dls retries 0")).content.lower()
    ids = [id_on(card) for card in cards]
    uuids = [chat.bot.row(short_id)["id"] for short_id in ids]
    sizes = [link.partition("size_bytes=")[2] for link in links[:3]]
    words = [str(chat.user.id), chat.user.value.username, *ids, *uuids, *(f"size_bytes={size}" for size in sizes)]
    return Person(chat, words)


async def test_after_a_deletion_nothing_of_the_person_is_left_and_others_keep_theirs(
    open_sandbox: OpenSandbox,
) -> None:
    async with open_sandbox(MAX_DOWNLOADS_PER_USER="1", LOG_LEVEL="TRACE") as sandbox:
        other = sandbox.open_chat()
        kept = await deliver(sandbox, other, sandbox.video(7100))
        person = await live(sandbox)
        chat, data = person.chat, sandbox.bot.data
        # The same media, asked for by another: those files are that person's own.
        reused = sandbox.open_chat()
        await deliver(sandbox, reused, sandbox.video(7001))
        before = find(data, person.words)
        assert {where.rpartition(" in ")[2] for where in before} >= {"boss-bot.jsonl", "metadata.json"}
        question = await chat.ask("$privacy delete")
        assert re.search(r"requests: 4, files: 1, settings and limits: \d", question.content)
        assert "Unfinished downloads, 2 now, are cancelled." in question.content
        await chat.user.press(chat.channel.message(question), "Delete everything")
        answer = await chat.shows(question, "Nothing of it is left.")
        numbers = dict(re.findall(r"^- ([^:]+): (\d+)", answer.content, re.MULTILINE))
        assert (numbers["Requests"], numbers["Files"], numbers["Settings, limits and counts"]) == ("4", "1", "2")
        assert int(numbers["Lines of the log"]) > 4
        assert "cancelled first: 2" in answer.content
        assert answer.components == ()
        # The media of another person's download are the same file; its link is that person's, too.
        words = [word for word in person.words if "size_bytes=307001" not in word]
        await sandbox.bot.stop()
        assert find(data, words) == []
        assert len(list(data.glob("downloads/*/*/*/metadata.json"))) == 2
        await sandbox.bot.start()
        assert sandbox.bot.row(id_on(kept))["status"] == "completed"
        shown = (await chat.ask("$privacy")).content
        assert "Requests: **0**" in shown
        assert "count of your downloads: **0**" in shown
        assert find(data, [str(chat.user.id)]) == []


async def test_the_answer_tells_the_periods_of_this_installation(open_sandbox: OpenSandbox) -> None:
    settings = {"HISTORY_RETENTION_DAYS": "9", "TEMP_FILE_RETENTION_HOURS": "5", "PREMIUM_RETENTION_HOURS": "96"}
    async with open_sandbox(**settings, FAILED_RETENTION_HOURS="1", LOG_ROTATION_BYTES="1MB") as sandbox:
        await sandbox.sync()
        chat = sandbox.open_chat()
        exchange = await chat.user.commands.slash(chat.channel, "privacy", {})
        reply = await exchange.reply()
        assert reply.visible_to == chat.user.id
        for words in ("Until 9 days after", "Until 5 hours after", "(4 days in premium", "1 hour.", "11.0 MB"):
            assert words in reply.content
        exchange = await chat.user.commands.slash(chat.channel, "privacy", {"action": "delete"})
        question = await exchange.reply()
        assert question.visible_to == chat.user.id
        await chat.user.press(question, "Keep it")
        await chat.shows(question, "Nothing was deleted.")


async def test_only_the_person_who_was_asked_can_answer(open_sandbox: OpenSandbox) -> None:
    async with open_sandbox() as sandbox:
        chat = sandbox.open_chat()
        card = await deliver(sandbox, chat, sandbox.video(7200))
        question = await chat.ask("$privacy delete")
        stranger = sandbox.chat_of("milo", chat.channel)
        assert await stranger.press(question, "Delete everything") == f"Only <@{chat.user.id}> can answer that."
        assert sandbox.bot.row(id_on(card))["status"] == "completed"
        await chat.user.press(chat.channel.message(question), "Delete everything")
        await chat.shows(question, "Nothing of it is left.")
        # The buttons of its card are still there.
        assert await chat.press(card, "Delete") == "I don't know that download any more."
        assert "Delete everything" not in text_of(chat.channel.message(question))
        entries = [json.loads(line) for line in (sandbox.bot.data / "logs" / "boss-bot.jsonl").read_text().splitlines()]
        assert all({"level", "message"} <= entry.keys() for entry in entries)

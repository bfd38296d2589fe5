"""The texts of failed downloads, each with a real cause.

"no link", "no permission", "busy" and "unsupported" are answered before there is a card: see `tests/bot/cogs`.
"""

import re
from functools import partial

import attrs
import pytest

from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Sandbox, labels, text_of
from tests.e2e.discord.scenarios import Scenario, ScenarioTasks, scenario_id

pytestmark = pytest.mark.asyncio(loop_scope="module")

SITE = "https://media.example.com"

SETTINGS = {"DISABLED_PLUGINS": "media"}
"""No plugin makes a large file fit."""
FAILED = ["Retry", "Details", "Delete"]
WAITING = ["Pause", "Cancel", "Details"]


@attrs.frozen
class Words:
    """A link and the expected card: a pattern for one whole line, and the buttons."""

    link: str
    line: str
    buttons: list[str] = attrs.field(factory=lambda: FAILED)
    setting: str | None = None


LOGIN = r"🔒 The site wants a login\. Ask the bot's operator; never send passwords or cookies here\."
ADULT = r"🔞 Marked adult\. Use an age-restricted channel\."

TABLE = {
    "login needed": Words(tweet("protected").url, LOGIN),
    "adult only for members": Words(tweet("adult").url, LOGIN),
    "private community": Words("https://www.reddit.com/r/sandbox/comments/1privatesub/private/", LOGIN),
    "rate limited": Words(
        f"{SITE}/status/429/photo-1.jpg?retry_after=60",
        r"⏳ We're being rate limited by `media\.example\.com`\. Retrying <t:\d+:R> \(2 of 4\)\.",
        WAITING,
    ),
    "rate limited at the last try": Words(
        f"{SITE}/status/429/photo-1.jpg?retry_after=70",
        r"⏳ We're being rate limited by `media\.example\.com`\. Retry starts it again\. The site's wait ends <.*>\.",
        setting="retry off",
    ),
    "network": Words(
        "https://nowhere.invalid/clip.mp4",
        r"🔌 I couldn't reach `nowhere\.invalid`\. Retry starts it again\.",
        setting="retry off",
    ),
    "too large": Words(
        f"{SITE}/files/clip.mp4?size_bytes={30 * 1024 * 1024}", r"📦 30\.0 MB, this server allows 20 MB\. .*"
    ),
    "adult on X": Words(tweet("sensitive").url, ADULT),
    "adult on Reddit": Words("https://www.reddit.com/r/sandbox/comments/1adult/over_18/", ADULT),
    "deleted": Words(tweet("deleted").url, r"❌ X does not have this post \(any more\)\. Check the link\."),
    "forbidden address": Words(
        "http://10.1.2.3/clip.mp4", r"🚫 10\.1\.2\.3 leads into a network that is off limits .*"
    ),
    "no media": Words(f"{SITE}/files/program.exe", r"🚫 The file is no media: .*"),
}


async def the_card_says(sandbox: Sandbox, *, case: str) -> None:
    chat, words = sandbox.open_chat(name="words"), TABLE[case]
    if words.setting is not None:
        assert (await chat.ask(f"$dls {words.setting}")).content.startswith("✅")
    asked = await chat.ask(f"$dl {words.link}")
    line = re.compile(words.line)
    card = await chat.channel.wait_for(
        lambda one: one.id == asked.id and any(map(line.fullmatch, text_of(one).splitlines())), timeout_s=30
    )
    assert labels(card) == words.buttons
    assert chat.files() == []
    assert not any(one.mention_ids for one in chat.posted())
    if words.buttons == WAITING:
        assert "Cancelled" in await chat.press(card, "Cancel")


async def adult_media_is_a_spoiler_in_an_age_restricted_channel(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat(adult=True)
    card = await chat.ask(f"$dl {tweet('sensitive').url}")
    files = await chat.delivery()
    assert all(file.is_spoiler for file in files.attachments)
    await chat.shows(card, "✅ Download complete!")
    assert "Marked as sensitive" not in "".join(text_of(state) for state in chat.channel.states(card))


async def adult_media_is_refused_in_direct_messages(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    direct = attrs.evolve(chat, channel=chat.user.direct())
    card = await direct.ask(f"$dl {tweet('sensitive').url}")
    refused = await direct.shows(card, "🔞 Marked adult. Use an age-restricted channel.")
    assert "Marked as sensitive" not in text_of(refused)
    assert direct.files() == []


SCENARIOS: list[Scenario] = [
    *(partial(the_card_says, case=case) for case in TABLE),
    adult_media_is_a_spoiler_in_an_age_restricted_channel,
    adult_media_is_refused_in_direct_messages,
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_id)
async def test_scenario(tasks: ScenarioTasks, scenario: Scenario) -> None:
    await tasks[scenario]

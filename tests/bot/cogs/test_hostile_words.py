"""Every argument of a command is answered with a message that mentions nobody, and never raises an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bot.cogs.conftest import BotHarness
from tests.properties import few_examples, many_random_examples

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(900)]

COMMANDS = ["dl", "dlt", "dlq", "dlc", "dls", "dlh", "health", "sync"]

NASTY = [
    "@everyone",
    "<@1>",
    "`",
    "```",
    "\u202e",
    "\x00",
    "'",
    '"',
    "\\",
    "https://",
    "http://[",
    "#",
    "||",
    "all",
    "2",
]
WORDS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=60)), max_size=20).map(" ".join)


async def check(harness: BotHarness, command: str, text: str) -> None:
    answer = await harness.answer("bob", f"${command} {text}"[:2000])
    assert answer.content or answer.embeds
    assert not answer.mention_everyone
    assert (answer.mention_ids, answer.mention_role_ids) == ((), ())
    assert harness.bot.metrics.broken == 0


@pytest.mark.parametrize("command", COMMANDS)
@few_examples(12)
@given(text=WORDS)
async def test_random_arguments_are_answered(harness: BotHarness, command: str, text: str) -> None:
    await check(harness, command, text)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@many_random_examples(1000)
@given(text=WORDS)
async def test_a_thousand_random_arguments_are_answered(harness: BotHarness, command: str, text: str) -> None:
    await check(harness, command, text)

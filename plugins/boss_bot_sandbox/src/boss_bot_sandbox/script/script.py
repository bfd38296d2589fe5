"""``--say`` as a whole: the stage, the conversation, the printed transcript, the exit code."""

import json
import time
from collections.abc import Callable, Sequence

import attrs

from boss_bot_sandbox.discord.events import Entry
from boss_bot_sandbox.discord.validation.message_body import MOST_CHARACTERS
from boss_bot_sandbox.discord.wire.events import entry_json
from boss_bot_sandbox.harness.harness import BotEndedError, Stage
from boss_bot_sandbox.script.conversation import Conversation, Outcome
from boss_bot_sandbox.script.event_text import Transcript, size_text
from boss_bot_sandbox.script.request_status import Standing, asks_for_file

# In double quotes a shell takes "$dl" away: the likely reason when the bot heard no command.
_UNHEARD = "The bot answers commands, which a shell wants in single quotes: --say '$dl sample:video'"


class UnsayableError(ValueError):
    """No message can have such a text; the error's text tells what to do."""


def _check_texts(_script: object, _attribute: object, texts: Sequence[str]) -> None:
    if not all(text.strip() for text in texts):
        raise UnsayableError(f"There is nothing to say. {_UNHEARD}")
    if any(len(text) > MOST_CHARACTERS for text in texts):
        raise UnsayableError(f"A message has at most {MOST_CHARACTERS} characters.")


@attrs.frozen(kw_only=True)
class Script:
    """What is to be said; a text that Discord would not take is an `UnsayableError`.

    Attributes:
        texts: One message after the other, each after the bot is done with the one before.
        user: Who speaks.
        timeout_s: Longest time for each.
        as_json: Whether the transcript is for programs: one JSON object per event.
    """

    texts: Sequence[str] = attrs.field(validator=_check_texts)
    user: str
    timeout_s: float = 180.0
    as_json: bool = False


async def play(stage: Stage, script: Script, print_line: Callable[[str], None]) -> bool:
    """Say everything and print what happens; return whether each text brought what it asked for.

    To a download command only a file is a good answer; to the others, such as `$dlq`, words are.
    """
    try:
        await stage.bot_ready(script.timeout_s)
    except (BotEndedError, TimeoutError) as error:
        print_line(f"✘ The bot did not start: {error}")
        return False
    hear = _json_printer(stage, print_line) if script.as_json else _text_printer(stage, print_line)
    conversation = Conversation(stage.discord, script.user, hear)
    went_well = []
    for text in script.texts:
        started = time.monotonic()
        outcome = await conversation.say(text, script.timeout_s)
        well = _went_well(outcome, text)
        went_well.append(well)
        if not script.as_json:
            print_line(_summary(outcome, time.monotonic() - started, well=well))
    return all(went_well)


def _went_well(outcome: Outcome, text: str) -> bool:
    words_will_do = outcome.standing is Standing.ANSWERED and not asks_for_file(text)
    return outcome.standing is Standing.DELIVERED or words_will_do


def _summary(outcome: Outcome, took_s: float, *, well: bool) -> str:
    if outcome.standing is Standing.DELIVERED:
        size = size_text(sum(one.size_bytes for one in outcome.files))
        count = "1 file" if len(outcome.files) == 1 else f"{len(outcome.files)} files"
        return f"✔ {count} arrived, {size} in {took_s:.1f} s"
    if outcome.standing is Standing.ANSWERED and well:
        return "✔ The bot answered"
    if outcome.standing in (Standing.FAILED, Standing.ANSWERED):
        return "✘ No file arrived; the reason is above"
    hint = f". {_UNHEARD}" if outcome.standing is Standing.SILENT else ""
    return f"✘ {outcome.standing.value.capitalize()} after {took_s:.0f} s{hint}"


def _text_printer(stage: Stage, print_line: Callable[[str], None]) -> Callable[[Entry], None]:
    transcript, begun = Transcript(stage.discord), time.monotonic()

    def hear(entry: Entry) -> None:
        for number, line in enumerate(transcript.lines(entry.event)):
            print_line(f"{max(0.0, entry.at_s - begun):6.1f} s  {line}" if number == 0 else f"{'':10}{line}")

    return hear


def _json_printer(stage: Stage, print_line: Callable[[str], None]) -> Callable[[Entry], None]:
    return lambda entry: print_line(json.dumps(entry_json(stage.discord.world, entry)))

"""``--say`` as a whole: the stage, the conversation, the printed transcript, the exit code."""

import json
import time
from collections.abc import Callable, Sequence

import attrs

from boss_bot_sandbox.discord.events import LogEntry
from boss_bot_sandbox.discord.validation.message_body import MAX_CONTENT_CHARACTERS
from boss_bot_sandbox.discord.wire.events import entry_json
from boss_bot_sandbox.harness.harness import BotEndedError, Harness
from boss_bot_sandbox.script.conversation import Conversation, MessageResult
from boss_bot_sandbox.script.event_text import EventFormatter, format_size
from boss_bot_sandbox.script.request_status import RequestStatus, expects_file

# In double quotes a shell takes "$dl" away: the likely reason when the bot heard no command.
_QUOTING_HINT = "The bot answers commands, which a shell wants in single quotes: --say '$dl sample:video'"


class InvalidTextError(ValueError):
    """No message can have such a text; the error's text tells what to do."""


def _check_texts(_script: object, _attribute: object, texts: Sequence[str]) -> None:
    if not all(text.strip() for text in texts):
        raise InvalidTextError(f"There is nothing to say. {_QUOTING_HINT}")
    if any(len(text) > MAX_CONTENT_CHARACTERS for text in texts):
        raise InvalidTextError(f"A message has at most {MAX_CONTENT_CHARACTERS} characters.")


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


async def play_script(stage: Harness, script: Script, print_line: Callable[[str], None]) -> bool:
    """Say everything and print what happens; return whether each text brought what it asked for.

    To a download command only a file is a good answer; to the others, such as `$dlq`, words are.
    """
    try:
        await stage.wait_for_login(script.timeout_s)
    except (BotEndedError, TimeoutError) as error:
        print_line(f"✘ The bot did not start: {error}")
        return False
    hear = _json_printer(stage, print_line) if script.as_json else _text_printer(stage, print_line)
    conversation = Conversation(stage.discord, script.user, hear)
    went_well = []
    for text in script.texts:
        started = time.monotonic()
        outcome = await conversation.say(text, script.timeout_s)
        well = _is_success(outcome, text)
        went_well.append(well)
        if not script.as_json:
            print_line(_summary(outcome, time.monotonic() - started, well=well))
    return all(went_well)


def _is_success(outcome: MessageResult, text: str) -> bool:
    words_will_do = outcome.status is RequestStatus.ANSWERED and not expects_file(text)
    return outcome.status is RequestStatus.DELIVERED or words_will_do


def _summary(outcome: MessageResult, took_s: float, *, well: bool) -> str:
    if outcome.status is RequestStatus.DELIVERED:
        size = format_size(sum(one.size_bytes for one in outcome.files))
        count = "1 file" if len(outcome.files) == 1 else f"{len(outcome.files)} files"
        return f"✔ {count} arrived, {size} in {took_s:.1f} s"
    if outcome.status is RequestStatus.ANSWERED and well:
        return "✔ The bot answered"
    if outcome.status in (RequestStatus.FAILED, RequestStatus.ANSWERED):
        return "✘ No file arrived; the reason is above"
    hint = f". {_QUOTING_HINT}" if outcome.status is RequestStatus.NO_ANSWER else ""
    return f"✘ {outcome.status.value.capitalize()} after {took_s:.0f} s{hint}"


def _text_printer(stage: Harness, print_line: Callable[[str], None]) -> Callable[[LogEntry], None]:
    transcript, begun = EventFormatter(stage.discord), time.monotonic()

    def hear(entry: LogEntry) -> None:
        for number, line in enumerate(transcript.format_event(entry.event)):
            print_line(f"{max(0.0, entry.at_s - begun):6.1f} s  {line}" if number == 0 else f"{'':10}{line}")

    return hear


def _json_printer(stage: Harness, print_line: Callable[[str], None]) -> Callable[[LogEntry], None]:
    return lambda entry: print_line(json.dumps(entry_json(stage.discord.state, entry)))

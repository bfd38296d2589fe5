"""A script of messages: plays it in a harness, prints the events, and returns whether it succeeded."""

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

# Inside double quotes the shell removes "$dl". It is the most likely reason when the bot recognised no command.
_QUOTING_HINT = "The bot answers commands, which a shell wants in single quotes: --say '$dl sample:video'"


class InvalidTextError(ValueError):
    """A message cannot have this text; the error message explains the reason."""


def _check_texts(_script: object, _attribute: object, texts: Sequence[str]) -> None:
    if not all(text.strip() for text in texts):
        raise InvalidTextError(f"There is nothing to say. {_QUOTING_HINT}")
    if any(len(text) > MAX_CONTENT_CHARACTERS for text in texts):
        raise InvalidTextError(f"A message has at most {MAX_CONTENT_CHARACTERS} characters.")


@attrs.frozen(kw_only=True)
class Script:
    """The messages to send; a text that Discord would refuse raises `InvalidTextError`.

    Attributes:
        texts: The messages, each sent after the bot has finished its answer to the previous one.
        user: The name of the user who sends them.
        timeout_s: The maximum time for each message.
        as_json: Whether the events are printed as one JSON object each, for programs.
    """

    texts: Sequence[str] = attrs.field(validator=_check_texts)
    user: str
    timeout_s: float = 180.0
    as_json: bool = False


async def play_script(harness: Harness, script: Script, print_line: Callable[[str], None]) -> bool:
    """Send all messages and print the events; return whether each message got the answer that it requires.

    A download command requires a file; other commands, such as `$dlq`, require a text.
    """
    try:
        await harness.wait_for_login(script.timeout_s)
    except (BotEndedError, TimeoutError) as error:
        print_line(f"✘ The bot did not start: {error}")
        return False
    on_entry = _json_printer(harness, print_line) if script.as_json else _text_printer(harness, print_line)
    conversation = Conversation(harness.discord, script.user, on_entry)
    successes = []
    for text in script.texts:
        message_started_s = time.monotonic()
        result = await conversation.say(text, script.timeout_s)
        successful = _is_success(result, text)
        successes.append(successful)
        if not script.as_json:
            print_line(_summary(result, time.monotonic() - message_started_s, successful=successful))
    return all(successes)


def _is_success(result: MessageResult, text: str) -> bool:
    text_is_enough = result.status is RequestStatus.ANSWERED and not expects_file(text)
    return result.status is RequestStatus.DELIVERED or text_is_enough


def _summary(result: MessageResult, took_s: float, *, successful: bool) -> str:
    if result.status is RequestStatus.DELIVERED:
        size = format_size(sum(one.size_bytes for one in result.files))
        count = "1 file" if len(result.files) == 1 else f"{len(result.files)} files"
        return f"✔ {count} arrived, {size} in {took_s:.1f} s"
    if result.status is RequestStatus.ANSWERED and successful:
        return "✔ The bot answered"
    if result.status in (RequestStatus.FAILED, RequestStatus.ANSWERED):
        return "✘ No file arrived; the reason is above"
    hint = f". {_QUOTING_HINT}" if result.status is RequestStatus.NO_ANSWER else ""
    return f"✘ {result.status.value.capitalize()} after {took_s:.0f} s{hint}"


def _text_printer(harness: Harness, print_line: Callable[[str], None]) -> Callable[[LogEntry], None]:
    formatter, started_s = EventFormatter(harness.discord), time.monotonic()

    def on_entry(entry: LogEntry) -> None:
        for number, line in enumerate(formatter.format_event(entry.event)):
            print_line(f"{max(0.0, entry.at_s - started_s):6.1f} s  {line}" if number == 0 else f"{'':10}{line}")

    return on_entry


def _json_printer(harness: Harness, print_line: Callable[[str], None]) -> Callable[[LogEntry], None]:
    return lambda entry: print_line(json.dumps(entry_json(harness.discord.state, entry)))

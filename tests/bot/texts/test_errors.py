"""The texts of failures, for every type of error."""

from datetime import timedelta

import pytest

from boss_bot_core.bot.cards.content import build_card
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.errors import answer_for
from boss_bot_core.bot.texts.controls import refused_reply
from boss_bot_core.bot.texts.failures import failure_text
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import AuthRequiredError, DownloadFailedError
from tests.bot.cards.factories import NOW, build_item

E = ErrorType
LATER = NOW + timedelta(seconds=30)
STAMP = int(LATER.timestamp())


def retrying(error_type: ErrorType, **changes: object) -> CardData:
    return CardData(
        item=build_item(error_type=error_type, error_message="Why.", attempt_count=1, not_before=LATER, **changes)
    )


def failed(error_type: ErrorType | None, message: str = "Why. And now?", **changes: object) -> CardData:
    item = build_item(
        status=DownloadStatus.FAILED, error_type=error_type, error_message=message, attempt_count=1, **changes
    )
    return CardData(item=item)


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (retrying(E.NETWORK), f"🔌 I couldn't reach `x.com`. Retrying <t:{STAMP}:R> (2 of 4)."),
        (retrying(E.RATE_LIMIT), f"⏳ We're being rate limited by `x.com`. Retrying <t:{STAMP}:R> (2 of 4)."),
        (failed(E.NETWORK), "🔌 I couldn't reach `x.com`. Retry starts it again."),
        (
            failed(E.RATE_LIMIT, not_before=LATER),
            f"⏳ We're being rate limited by `x.com`. Retry starts it again. The site's wait ends <t:{STAMP}:R>.",
        ),
        (failed(E.UNSUPPORTED), "❌ `x.com` isn't supported. `$dlh sites` lists what is."),
        (
            failed(E.AUTH_REQUIRED),
            "🔒 The site wants a login. Ask the bot's operator; never send passwords or cookies here.",
        ),
        (
            failed(E.AUTH_REQUIRED, f"x.com wants a login. {AuthRequiredError.renewal_advice}"),
            f"🔒 The site wants a login. {AuthRequiredError.renewal_advice}",
        ),
        (
            failed(E.FILE_TOO_LARGE, "48.2 MB, this server allows 20 MB. Ask for a smaller version."),
            "📦 48.2 MB, this server allows 20 MB. Ask for a smaller version.",
        ),
        (
            failed(E.PERMISSION_DENIED, "Marked adult. Use an age-restricted channel.", adult=True),
            "🔞 Marked adult. Use an age-restricted channel.",
        ),
        (failed(E.UNKNOWN), "💥 Something broke on my side."),
        (failed(None), "💥 Something broke on my side."),
        (failed(E.NOT_FOUND), "❌ Why. And now?"),
    ],
)
def test_failure_texts(view: CardData, text: str) -> None:
    assert failure_text(view.item, NOW, "$") == text


def test_the_prefix_of_the_commands_is_shown() -> None:
    assert "`!dlh sites`" in failure_text(failed(E.UNSUPPORTED).item, NOW, "!")
    assert "See `!dls`." in failure_text(failed(E.NOT_FOUND, "See `$dls`.").item, NOW, "!")
    assert "`!dlh sites`" in build_card(failed(E.UNSUPPORTED), NOW, prefix="!").lines[0]


def test_the_card_of_a_waiting_retry_shows_the_failure() -> None:
    card = build_card(retrying(E.NETWORK), NOW)
    assert card.lines[0].startswith("🔌 I couldn't reach")
    assert "Starting download..." not in card.lines


@pytest.mark.parametrize("error_type", E)
def test_the_card_of_every_failure_has_a_cause_and_names_the_job_once(error_type: ErrorType) -> None:
    card = build_card(failed(error_type), NOW)
    assert len(card.lines[0]) > 10
    assert "\n".join([card.heading, *card.lines, card.footer]).count("a1b2c3") == 1


@pytest.mark.parametrize("error_type", E)
def test_card_command_and_control_show_the_same_emoji(error_type: ErrorType) -> None:
    error = type("OneError", (DownloadFailedError,), {"code": error_type})("Why.")
    texts = (failure_text(failed(error_type).item, NOW, "$"), answer_for(error).text or "", refused_reply(error).text)
    signs = {text.partition(" ")[0] for text in texts}
    assert len(signs) == 1


def test_a_hostile_message_is_harmless() -> None:
    text = failure_text(failed(E.NOT_FOUND, "@everyone [x](https://evil.example) " + "a" * 10_000).item, NOW, "$")
    assert "@everyone" not in text
    assert "https://" not in text
    assert len(text) < 400

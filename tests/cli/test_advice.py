"""The command line advises the person at the terminal: no text sends the operator to the operator, or to Discord."""

from collections.abc import Iterator

import pytest

from boss_bot_core.bot import exceptions  # noqa: F401 - defines more errors
from boss_bot_core.cli.advice import advise_operator
from boss_bot_core.delivery import deliverer  # noqa: F401 - defines more errors
from boss_bot_core.errors import AuthRequiredError, DownloadFailedError, FileTooLargeError, NotFoundError
from boss_bot_sandbox.site import RemoteSite
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.harness import Home


def subclasses(cls: type[DownloadFailedError]) -> Iterator[type[DownloadFailedError]]:
    yield cls
    for subclass in cls.__subclasses__():
        yield from subclasses(subclass)


@pytest.mark.parametrize("kind", dict.fromkeys(subclasses(DownloadFailedError)))
def test_no_advice_names_the_operator_or_a_command_of_discord(kind: type[DownloadFailedError]) -> None:
    text = advise_operator(f"It failed. {kind.advice}".strip(), choices=("sound",))
    assert text.startswith("It failed.")
    assert "operator" not in text
    assert "`$" not in text


def test_the_advice_names_the_setting_of_the_plugin() -> None:
    text = advise_operator(AuthRequiredError("X wants a login.").user_message, "twitter")
    assert text.startswith("X wants a login. Set cookies")
    assert "BOSS_BOT_COOKIES=twitter=cookies.txt" in text
    renewed = advise_operator(f"X refused. {AuthRequiredError.renewal_advice}", "twitter")
    assert renewed == "X refused. Export the cookies of `twitter` for this site again."
    assert "--max-file-size" in advise_operator(FileTooLargeError("Too large.").user_message)
    assert advise_operator(NotFoundError("Gone.").user_message) == "Gone. Check the link."


def test_get_and_the_queue_advise_the_person_at_the_terminal(home: Home, site: RemoteSite) -> None:
    message = home.get(tweet("protected").url).single_outcome["error"]["message"]
    assert message.startswith("Only the author's followers may see this post. Set cookies for this site")
    listed = home.run("queue", "list", "--history", "1").stdout
    assert "BOSS_BOT_COOKIES=twitter=cookies.txt" in listed
    assert "operator" not in listed

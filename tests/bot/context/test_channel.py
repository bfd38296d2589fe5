"""The upload limit of a channel, and the permissions that the bot needs there."""

import discord
import pytest

from boss_bot_core.bot.context.channel import REQUEST_SLACK_BYTES, compute_upload_limit, missing_permissions
from boss_bot_core.bot.texts.locale_format import join_bold

MB = 1_048_576


@pytest.mark.parametrize(
    ("guild_limit", "learned_limit", "limit_mb"),
    [(None, None, 20), (10 * MB, None, 20), (50 * MB, None, 50), (100 * MB, None, 50), (50 * MB, 10 * MB, 10)],
)
def test_the_upload_limit_is_the_guilds_own_within_the_cap(
    guild_limit: int | None, learned_limit: int | None, limit_mb: int
) -> None:
    limit = compute_upload_limit(
        default_limit=20 * MB, cap=50 * MB, guild_limit=guild_limit, learned_limit=learned_limit
    )
    assert limit_mb * MB - REQUEST_SLACK_BYTES <= limit <= limit_mb * MB


def test_a_limit_is_never_below_one_byte() -> None:
    assert compute_upload_limit(default_limit=1, cap=50 * MB) == 1


def test_missing_permissions_have_the_names_of_discords_settings() -> None:
    everything = discord.Permissions.all()
    assert missing_permissions(everything) == ()
    everything.update(attach_files=False, send_messages=False)
    assert missing_permissions(everything) == ("Send Messages", "Attach Files")
    assert missing_permissions(everything, in_thread=True) == ("Attach Files",)
    everything.update(send_messages_in_threads=False)
    assert missing_permissions(everything, in_thread=True) == ("Send Messages in Threads", "Attach Files")


def test_names_are_joined_to_a_phrase() -> None:
    assert join_bold(["A"]) == "**A**"
    assert join_bold(["A", "B", "C"]) == "**A**, **B** and **C**"

"""The tweets that exist, one per case: ``TWEETS`` is the table, ``tweet`` looks one up by its case."""

from types import MappingProxyType
from typing import Final

from boss_bot_sandbox.site.twitter.difficult import DIFFICULT
from boss_bot_sandbox.site.twitter.model import Tweet
from boss_bot_sandbox.site.twitter.shown import SHOWN

TWEETS: Final = MappingProxyType({tweet.id: tweet for tweet in (*SHOWN, *DIFFICULT)})
"""Every tweet by its id."""


def tweet(case: str) -> Tweet:
    """Return the tweet that shows ``case``.

    Raises:
        LookupError: No tweet shows it.
    """
    for candidate in TWEETS.values():
        if candidate.case == case:
            return candidate
    raise LookupError(case)

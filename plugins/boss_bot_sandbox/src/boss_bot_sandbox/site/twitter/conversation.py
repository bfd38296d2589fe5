"""The timeline around one tweet (GraphQL ``TweetDetail``), which X shows to logged-in readers only."""

from typing import Any

from boss_bot_sandbox.site.twitter.graphql import tweet_result_json
from boss_bot_sandbox.site.twitter.model import Tweet
from boss_bot_sandbox.site.twitter.tweets import TWEETS


def _item(tweet: Tweet) -> dict[str, Any]:
    result = tweet_result_json(tweet, logged_in=True)
    return {"itemType": "TimelineTweet", "tweet_results": {"result": result} if result else {}}


def _threads(focal: Tweet) -> list[list[Tweet]]:
    """Return the threads below the focal tweet: the rest of its own thread first, then each reply of another author."""
    root = focal.conversation or focal.id
    later = [tweet for tweet in TWEETS.values() if tweet.conversation == root and tweet.id > focal.id]
    own = [tweet for tweet in later if tweet.author == focal.author]
    return [thread for thread in (own, *([tweet] for tweet in later if tweet not in own)) if thread]


def _ancestors(focal: Tweet) -> list[Tweet]:
    found: list[Tweet] = []
    while focal.reply_to:
        focal = TWEETS[focal.reply_to]
        found.insert(0, focal)
    return found


def build_conversation(focal: Tweet) -> dict[str, Any]:
    """Return the ``data`` object of ``TweetDetail`` for a tweet."""
    entries = [
        {"entryId": f"tweet-{tweet.id}", "sortIndex": tweet.id, "content": {"itemContent": _item(tweet)}}
        for tweet in (*_ancestors(focal), focal)
    ]
    for thread in _threads(focal):
        name = f"conversationthread-{thread[0].id}"
        items = [{"entryId": f"{name}-tweet-{tweet.id}", "item": {"itemContent": _item(tweet)}} for tweet in thread]
        entries.append({"entryId": name, "sortIndex": thread[0].id, "content": {"items": items}})
    instructions = [{"type": "TimelineAddEntries", "entries": entries}]
    return {"threaded_conversation_with_injections_v2": {"instructions": instructions}}

"""A small media site on loopback."""

from boss_bot_sandbox.site.journal import RecordedRequest, RequestLog
from boss_bot_sandbox.site.media import MediaLibrary
from boss_bot_sandbox.site.reddit import POSTS
from boss_bot_sandbox.site.server import MediaSite
from boss_bot_sandbox.site.twitter import TWEETS

__all__ = ["POSTS", "TWEETS", "MediaLibrary", "MediaSite", "RecordedRequest", "RequestLog"]

"""From what a person typed to the plugins that may fetch it."""

from boss_bot_core.routing.links import MAX_LINKS, find_links, parse_link
from boss_bot_core.routing.ranking import Candidate, Explanation, Route, rank
from boss_bot_core.routing.router import Router

__all__ = ["MAX_LINKS", "Candidate", "Explanation", "Route", "Router", "find_links", "parse_link", "rank"]

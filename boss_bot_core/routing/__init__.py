"""Finds the links in a text, and the plugins that can fetch each link."""

from boss_bot_core.routing.found_link import MAX_LINKS, FoundLink, find_links, merge_links, read_link
from boss_bot_core.routing.links import parse_link
from boss_bot_core.routing.router import Candidate, Explanation, Route, Router, build_route

__all__ = [
    "MAX_LINKS",
    "Candidate",
    "Explanation",
    "FoundLink",
    "Route",
    "Router",
    "build_route",
    "find_links",
    "merge_links",
    "parse_link",
    "read_link",
]

"""Finds the links in a text, and the plugins that can fetch each link."""

from boss_bot_core.routing.failed_plugins import list_expected_plugins, name_failed_plugins
from boss_bot_core.routing.found_link import MAX_LINKS, FoundLink, find_links, merge_links, read_link
from boss_bot_core.routing.links import parse_link
from boss_bot_core.routing.route import Candidate, Explanation, Route, build_route
from boss_bot_core.routing.router import LocalMatcher, Router

__all__ = [
    "MAX_LINKS",
    "Candidate",
    "Explanation",
    "FoundLink",
    "LocalMatcher",
    "Route",
    "Router",
    "build_route",
    "find_links",
    "list_expected_plugins",
    "merge_links",
    "name_failed_plugins",
    "parse_link",
    "read_link",
]

"""Test of matching many links at once: waiting for a matcher does not count towards the match timeout."""

import asyncio

from boss_bot_core.routing import Router, parse_link
from boss_bot_core.worker import Zygote


async def test_many_links_at_once_do_not_time_out() -> None:
    async with Zygote(match_timeout_s=3.0) as zygote:
        links = [parse_link(f"https://example.com/{number}.mp4") for number in range(80)]
        router = Router(zygote)
        routes = await asyncio.gather(*(router.route(link) for link in links))
    assert all(route.candidates for route in routes)

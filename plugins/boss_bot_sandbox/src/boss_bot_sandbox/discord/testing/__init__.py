"""Support for tests: fixtures, and an ordinary discord.py bot that records its events.

Only this package and the `redirect` module import discord.py; the server must not depend on the client under test.
"""

from __future__ import annotations

from boss_bot_sandbox.discord.testing.client import RecordingBot, run_bot

__all__ = ["RecordingBot", "run_bot"]

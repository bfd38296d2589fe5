"""For tests: fixtures, and an ordinary discord.py bot that remembers what it was told.

Only this package and the redirection import discord.py; the server itself must not depend on what it tests.
"""

from __future__ import annotations

from boss_bot_sandbox.discord.testing.client import RecordingBot, run_bot

__all__ = ["RecordingBot", "run_bot"]

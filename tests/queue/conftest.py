"""Fixtures: the tests of the queue run over SQLite, and over PostgreSQL where it is installed."""

from boss_bot_core.testing.store.databases import database_url, postgres_server, postgres_url

__all__ = ["database_url", "postgres_server", "postgres_url"]

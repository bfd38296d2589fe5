"""The queue's tests run over SQLite, and over PostgreSQL where its programs and driver are installed."""

from boss_bot_core.testing.store.databases import database_url, postgres_server

__all__ = ["database_url", "postgres_server"]

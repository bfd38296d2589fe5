"""Calls to Discord's API: retries, error codes, and the search for a message of the bot."""

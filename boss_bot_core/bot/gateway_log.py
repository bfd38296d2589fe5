"""The log of failed connections to Discord's gateway: one line for each attempt, in place of discord.py's traceback."""

import logging

_LOGGER = "discord.client"
_ATTEMPT = "Attempting a reconnect in "
"""The start of discord.py's message, which has the wait in seconds as its argument."""


class _AttemptFilter(logging.Filter):
    """Rewrites discord.py's record of a failed attempt."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        if record.msg.startswith(_ATTEMPT) and record.exc_info:
            error = record.exc_info[1]
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.args = (str(error) or type(error).__name__, *(record.args or ()))
            # After a failed first connection, the client waits longer than discord.py says.
            record.msg = "No connection to Discord's gateway: %s. The next attempt follows in %.1f s or later."
        return True


_FILTER = _AttemptFilter()


def shorten_gateway_errors() -> None:
    """Log a failed connection without its traceback: the reason is outside of the bot, and the client tries again."""
    logging.getLogger(_LOGGER).addFilter(_FILTER)

"""What is said about an exception, as a value."""

import attrs


@attrs.frozen(kw_only=True)
class ErrorAnswer:
    """A message about an exception.

    Attributes:
        text: What people read; None: nothing is said.
        expected: Whether such a thing happens; otherwise it is a bug, logged with its traceback.
    """

    text: str | None
    expected: bool = True


SILENCE = ErrorAnswer(text=None)
"""Nothing is said, because it may not concern this bot, or nobody could read it."""

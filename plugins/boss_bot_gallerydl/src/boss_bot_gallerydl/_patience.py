"""How long an extractor may sit and wait for its site.

gallery-dl waits out a rate limit, for up to 15 minutes; our queue does that better, with the slot given back. Only a
wait shorter than starting again is waited out.
"""

import time
from datetime import UTC, datetime
from typing import Any, Final

from boss_bot_core.plugin import RateLimitError

LONGEST_WAIT_S: Final = 5.0


def limit_patience(extractor: Any) -> None:  # noqa: ANN401 - gallery-dl ships no types
    """Let an extractor's `wait` raise where it would wait for long."""
    patient_wait = extractor.wait

    def wait(seconds: float | str | None = None, until: float | str | datetime | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        left = float(seconds) if seconds else _until(until)
        if left > LONGEST_WAIT_S:
            raise RateLimitError("The site asks us to slow down.", retry_after_s=left)
        patient_wait(seconds=seconds, until=until, **kwargs)

    extractor.wait = wait


def _until(moment: float | str | datetime | None) -> float:
    if moment is None:
        return 0.0
    if isinstance(moment, datetime):
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    return float(moment) - time.time()

"""How a worker ended, as the zygote that reaped it says."""

import signal

import attrs


@attrs.frozen(kw_only=True)
class WorkerExit:
    """How a worker ended.

    Attributes:
        code: Exit code, the negated number of the signal that ended it, or None when its zygote died with it.
    """

    code: int | None

    def __str__(self) -> str:
        """Say it in a few words, to follow "the worker"."""
        if self.code is None:
            return "died with its zygote"
        if self.code >= 0:
            return f"ended with code {self.code}"
        try:
            return f"died ({signal.Signals(-self.code).name})"
        except ValueError:
            return f"died (signal {-self.code})"

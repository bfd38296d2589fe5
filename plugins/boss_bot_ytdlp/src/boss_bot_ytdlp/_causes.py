"""Every exception behind an exception: yt-dlp hides the one that matters in four different places."""

from collections.abc import Iterator


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and everything behind it, each once, nearest first."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        exc_info = getattr(cause, "exc_info", None) or (None, None, None)
        waiting += [exc_info[1], getattr(cause, "cause", None), cause.__cause__, cause.__context__]
        # requests and urllib3 keep theirs among the arguments, or as `reason`.
        waiting += [getattr(cause, "reason", None), *cause.args]

"""The engine's process in tests: warms the plugin once, then forks one child for each request, as the zygote does.

A request is a line of JSON on standard input; what the hook reports, returns or raises comes back as lines of JSON.
"""

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs

from boss_bot_core.plugin import Described, DownloadFailedError, DownloadOptions, DownloadRequest, Progress
from boss_bot_ytdlp import plugin


def say(kind: str, **values: object) -> None:
    sys.stdout.write(json.dumps({"kind": kind, **values}, default=str) + "\n")
    sys.stdout.flush()


def report(event: Progress | Described) -> None:
    say(type(event).__name__, **attrs.asdict(event))


def request_of(values: dict[str, Any]) -> DownloadRequest:
    for name in ("directory", "ca_file", "cookies_file", "ffmpeg"):
        values[name] = None if values[name] is None else Path(values[name])
    options = DownloadOptions(**values.pop("options"))
    return DownloadRequest(**values, options=options, report=report)


def allow_only(proxy_url: str) -> None:
    """Let this process connect to the proxy and to nothing else, as the worker's tripwire does."""
    port = urlsplit(proxy_url).port

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect" and args[1] != ("127.0.0.1", port):
            say("Escape", address=args[1])
            raise PermissionError(f"not through the proxy: {args[1]}")

    sys.addaudithook(watch)


def run(line: str) -> None:
    request = request_of(json.loads(line))
    allow_only(request.proxy_url)
    try:
        result = plugin.bossbot_download(request)
    except DownloadFailedError as error:
        retry_after_s = error.retry_after_s
        say("Error", type=type(error).__name__, message=error.message, retry_after_s=retry_after_s)
    except Exception:  # noqa: BLE001 - whatever it is, the test has to see it
        say("Crash", traceback=traceback.format_exc())
    else:
        say("Result", **attrs.asdict(result))


def main() -> None:
    plugin.bossbot_warm_up()
    say("Ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                run(line)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        say("Done")


if __name__ == "__main__":
    main()

"""The engine's process in tests: warms up the plugin once, then forks one child for each request, as the zygote does.

A request is a line of JSON on standard input. The hook's reports, and its result or error, are lines of JSON on
standard output.
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
from boss_bot_ytdlp._settings import YtdlpSettings


def write_message(kind: str, **values: object) -> None:
    sys.stdout.write(json.dumps({"kind": kind, **values}, default=str) + "\n")
    sys.stdout.flush()


def report(event: Progress | Described) -> None:
    write_message(type(event).__name__, **attrs.asdict(event))


def build_request(values: dict[str, Any]) -> DownloadRequest[YtdlpSettings]:
    for name in ("directory", "ca_file", "cookies_file", "ffmpeg"):
        values[name] = None if values[name] is None else Path(values[name])
    options = DownloadOptions(**values.pop("options"))
    settings = YtdlpSettings(**values.pop("settings", {}))
    return DownloadRequest(**values, options=options, settings=settings, report=report)


def allow_proxy_only(proxy_url: str) -> None:
    """Allow connections to the proxy only, as the worker's audit hook does."""
    port = urlsplit(proxy_url).port

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect" and args[1] != ("127.0.0.1", port):
            write_message("Escape", address=args[1])
            raise PermissionError(f"not through the proxy: {args[1]}")

    sys.addaudithook(watch)


def run(line: str) -> None:
    request = build_request(json.loads(line))
    allow_proxy_only(request.proxy_url)
    try:
        result = plugin.bossbot_download(request)
    except DownloadFailedError as error:
        retry_after_s = error.retry_after_s
        write_message("Error", type=type(error).__name__, message=error.message, retry_after_s=retry_after_s)
    except Exception:  # noqa: BLE001 - the test has to see every exception
        write_message("Crash", traceback=traceback.format_exc())
    else:
        write_message("Result", **attrs.asdict(result))


def main() -> None:
    plugin.bossbot_warm_up()
    write_message("Ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                run(line)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        write_message("Done")


if __name__ == "__main__":
    main()

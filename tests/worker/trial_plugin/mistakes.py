"""Mistakes of a plugin's author, and lines that a plugin logs."""

import logging
import warnings
from pathlib import Path

from loguru import logger

from boss_bot_core.plugin import DownloadRequest, DownloadResult, FetchedFile, NotFoundError, RateLimitError


def return_nothing(_: DownloadRequest) -> None:
    return None


def return_text(_: DownloadRequest) -> str:
    return "done"


def return_no_files(_: DownloadRequest) -> DownloadResult:
    return DownloadResult(files=())


def return_one_file(_: DownloadRequest) -> DownloadResult:
    return DownloadResult(files=FetchedFile(path=Path("x")))  # type: ignore[arg-type]  # as an untyped plugin would


def return_path(request: DownloadRequest, path: str) -> DownloadResult:
    return DownloadResult(files=(FetchedFile(path=Path(path.replace("DIR", str(request.directory)))),))


def use_wrong_type(_: DownloadRequest) -> DownloadResult:
    answer = None
    return DownloadResult(files=(answer["files"],))  # type: ignore[index]  # the bug


def use_wrong_attribute(request: DownloadRequest) -> DownloadResult:
    return request.folder  # type: ignore[attr-defined, no-any-return]  # the bug


def read_wrong_answer(request: DownloadRequest) -> DownloadResult:
    answer = {"token": "abc"}
    return DownloadResult(files=(FetchedFile(path=request.directory / answer["file"]),))


def log_lines(request: DownloadRequest) -> DownloadResult:
    logger.debug("loguru debug")
    logger.success("loguru success with {}", request.proxy_url)
    logger.error("loguru error")
    logging.getLogger("trial").info("logging %s", "info")
    logging.getLogger("trial").critical("logging critical")
    warnings.warn("an old name", stacklevel=1)
    try:
        int("caught")
    except ValueError:
        logger.exception("loguru exception")
        logging.getLogger("trial").exception("logging exception")
    path = request.directory / "file.bin"
    path.write_bytes(b"x")
    return DownloadResult(files=(FetchedFile(path=path),))


def log_cookies(request: DownloadRequest) -> DownloadResult:
    text = request.cookies_file.read_text() if request.cookies_file else ""
    cookie = text.split()[-1]
    try:
        raise ValueError(cookie)  # noqa: TRY301 - the traceback is logged
    except ValueError:
        logger.exception("loguru error with {}", cookie)
    raise NotFoundError("Only the log matters.")


def raise_rate_limit(_: DownloadRequest) -> DownloadResult:
    raise RateLimitError("Come back later.", retry_after_s=86_400)

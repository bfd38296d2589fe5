"""Fixtures: logging is global, so each test starts with a fresh setup, and the previous state is restored."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from loguru import logger

from boss_bot_core.log import Redactor, set_up_logging
from boss_bot_core.settings import load


@pytest.fixture(autouse=True)
def _restore_logging() -> Iterator[None]:
    root = logging.root
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    logger.remove()
    logger.configure(patcher=lambda _: None)


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., Redactor]:
    """Return a function that sets up logging with the given settings."""

    def run(**overrides: object) -> Redactor:
        config = tmp_path / "config.toml"
        config.touch()
        return set_up_logging(load({"data_dir": str(tmp_path), **overrides}, environ={}, config_file=config))

    return run


@pytest.fixture
def read_file(tmp_path: Path) -> Callable[[], list[dict[str, object]]]:
    """Return a function that reads the entries of the log file."""

    def run() -> list[dict[str, object]]:
        lines = (tmp_path / "logs" / "boss-bot.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    return run

"""Tests for the notifier, within one process and between processes."""

import asyncio
import errno
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from boss_bot_core.queue import notifier as notifier_module
from boss_bot_core.queue.notifier import QueueNotifier

NOTIFIER = """
import pathlib, sys
from boss_bot_core.queue import notifier
from boss_bot_core.queue.notifier import QueueNotifier
QueueNotifier(pathlib.Path(sys.argv[1])).notify()
"""
LISTENER = """
import asyncio, pathlib, sys
from boss_bot_core.queue import notifier
from boss_bot_core.queue.notifier import QueueNotifier
async def main():
    async with QueueNotifier(pathlib.Path(sys.argv[1])) as notifier:
        signal = notifier.subscribe()
        print("ready", flush=True)
        print(await signal.wait(20), flush=True)
asyncio.run(main())
"""


async def test_a_notification_wakes_the_waiter(tmp_path: Path) -> None:
    async with QueueNotifier(tmp_path / ".locks") as notifier:
        signal = notifier.subscribe()
        waiter = asyncio.create_task(signal.wait(5))
        await asyncio.sleep(0)
        notifier.notify()
        assert await waiter


async def test_notifications_before_the_wait_are_kept_and_count_once(tmp_path: Path) -> None:
    async with QueueNotifier(tmp_path) as notifier:
        signal = notifier.subscribe()
        for _ in range(3):
            notifier.notify()
        assert await signal.wait(0)
        assert not await signal.wait(0)


async def test_a_waiter_takes_no_notification_from_another_one(tmp_path: Path) -> None:
    """`boss-bot get` waits in the process whose dispatcher, busy at that moment, waits next."""
    async with QueueNotifier(tmp_path) as notifier:
        busy, waiting = notifier.subscribe(), notifier.subscribe()
        notifier.notify()
        assert await waiting.wait(0)
        assert await busy.wait(0)


async def test_a_wait_without_a_notification_times_out(tmp_path: Path) -> None:
    async with QueueNotifier(tmp_path) as notifier:
        signal = notifier.subscribe()
        began = time.monotonic()
        assert not await signal.wait(0.05)
        assert time.monotonic() - began >= 0.05


async def test_a_wait_can_be_cancelled(tmp_path: Path) -> None:
    async with QueueNotifier(tmp_path) as notifier:
        signal = notifier.subscribe()
        waiter = asyncio.create_task(signal.wait(None))
        await asyncio.sleep(0)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter


async def test_another_process_wakes_the_waiter(tmp_path: Path) -> None:
    async with QueueNotifier(tmp_path) as notifier:
        signal = notifier.subscribe()
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", NOTIFIER, tmp_path)
        assert await signal.wait(20)
        assert await other.wait() == 0


def test_a_waiter_in_another_process_is_woken(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", LISTENER, tmp_path], stdout=subprocess.PIPE, text=True) as listener:
        assert listener.stdout is not None
        assert listener.stdout.readline() == "ready\n"
        QueueNotifier(tmp_path).notify()
        assert listener.stdout.readline() == "True\n"


async def test_every_listener_is_woken_and_removes_its_socket(tmp_path: Path) -> None:
    async with QueueNotifier(tmp_path) as one, QueueNotifier(tmp_path) as two:
        signals = one.subscribe(), two.subscribe()
        QueueNotifier(tmp_path).notify()
        assert [await signal.wait(5) for signal in signals] == [True, True]
    assert not any(tmp_path.iterdir())


async def test_the_socket_of_a_dead_listener_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "wake-1-dead.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as dead:
        dead.bind(str(left))
    async with QueueNotifier(tmp_path) as notifier:
        signal = notifier.subscribe()
        QueueNotifier(tmp_path).notify()
        assert await signal.wait(5)
    assert not left.exists()


async def test_a_listener_that_does_not_read_does_not_block_the_sender(tmp_path: Path) -> None:
    async with QueueNotifier(tmp_path) as notifier:
        signal = notifier.subscribe()
        sender = QueueNotifier(tmp_path)
        for _ in range(5_000):
            sender.notify()
        assert await signal.wait(5)


async def test_a_path_longer_than_a_socket_address_works(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    async with QueueNotifier(deep) as notifier:
        signal = notifier.subscribe()
        QueueNotifier(deep).notify()
        assert await signal.wait(5)
    assert not any(deep.iterdir())


def test_a_notification_without_a_folder_does_nothing(tmp_path: Path) -> None:
    QueueNotifier(tmp_path / "none").notify()
    assert not (tmp_path / "none").exists()


async def test_a_notification_without_a_free_descriptor_raises_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is written before the notification, so its caller must not get an error."""

    def refuse() -> socket.socket:
        raise OSError(errno.EMFILE, "Too many open files")

    async with QueueNotifier(tmp_path) as notifier, QueueNotifier(tmp_path):
        signal = notifier.subscribe()
        monkeypatch.setattr(notifier_module, "open_wake_socket", refuse)
        notifier.notify()
        assert await signal.wait(0)

"""A dispatcher process to kill: submits, claims and ends downloads at full speed, and reports its writes.

Arguments: the database URL, the lock file, a seed, and `work` (without end) or `drain` (until all items are finished).
"""

import asyncio
import random
import sys
from pathlib import Path

from boss_bot_core.database import Database
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import QueueFullError
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.testing.store.base import build_failure, build_new_download
from boss_bot_core.testing.store.writes import build_downloaded_file


def report(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


async def submit_items(queue: DownloadQueue, rng: random.Random) -> None:
    while True:
        try:
            item = await queue.submit(build_new_download(user_id=rng.randrange(4), guild_id=rng.randrange(3)))
            report("submitted", item.id)
        except QueueFullError:
            await asyncio.sleep(0.005)


async def control_items(queue: DownloadQueue, rng: random.Random) -> None:
    while True:
        await asyncio.sleep(0.005)
        shown = (await queue.reader.state()).items
        if shown:
            item = rng.choice(shown)
            request = rng.choice([queue.control.pause, queue.control.resume, queue.control.cancel])
            report("requested", item.id, (await request(item.id)).outcome)


async def run_item(queue: DownloadQueue, item: DownloadItem, rng: random.Random, *, until_empty: bool) -> None:
    report("claimed", item.id, item.claim)
    await queue.claims.record_progress(item, 1, 2)
    how = "complete" if until_empty else rng.choice(["complete", "complete", "fail", "retry", "release", "pause"])
    if how == "complete":
        item = await queue.claims.advance(item, DownloadStatus.PROCESSING)
        await queue.claims.complete(item, [build_downloaded_file(item)])
    elif how == "fail":
        await queue.claims.fail(item, build_failure(item))
    elif how == "retry":
        await queue.claims.schedule_retry(item, build_failure(item), utc_now())
    else:
        await (queue.claims.release if how == "release" else queue.claims.pause)(item)
    report(how, item.id, item.claim)


async def dispatch_items(queue: DownloadQueue, rng: random.Random, *, until_empty: bool) -> None:
    while True:
        item = await queue.claim_next()
        if item is not None:
            await run_item(queue, item, rng, until_empty=until_empty)
        elif until_empty:
            return
        else:
            await asyncio.sleep(0.002)


async def main(url: str, lock: str, seed: str, mode: str) -> None:
    rng = random.Random(seed)
    with DispatcherLock(Path(lock)):
        async with Database.open(url) as database:
            queue = DownloadQueue(database, QueueLimits, notify=lambda: None)
            report("recovered", *[item.id for item in await queue.recover()])
            if mode == "drain":
                for item in (await queue.reader.state(page_size=1000)).items:
                    await queue.control.resume(item.id)
                await dispatch_items(queue, rng, until_empty=True)
                return
            runners = (dispatch_items(queue, rng, until_empty=False) for _ in range(4))
            await asyncio.gather(submit_items(queue, rng), control_items(queue, rng), *runners)


asyncio.run(main(*sys.argv[1:]))

"""A job from its first stage to its settled end, whatever that end is.

Apart from the settlement because it knows what can end a runner, and nothing of what is written then.
"""

import asyncio

from loguru import logger

from boss_bot_core.errors import DownloadFailedError, EngineBrokenError
from boss_bot_core.pipeline.control import StopReason
from boss_bot_core.pipeline.job import Job
from boss_bot_core.pipeline.runner import Oversized, Runner
from boss_bot_core.pipeline.settlement import Settlement
from boss_bot_core.queue.errors import StaleClaimError


async def run_and_settle(job: Job, runner: Runner, settlement: Settlement) -> bool:
    """Run a job to its end and settle it, whatever that end is; only a cancelled settlement raises.

    Returns:
        Whether the row is as it should be; otherwise it still says that the job runs.
    """
    try:
        await _run_and_settle(job, runner, settlement)
    except StaleClaimError:
        logger.warning("Somebody else owns this item now; dropped.")
    except Exception:  # noqa: BLE001 - the queue itself failed, and may work again in a moment
        logger.exception("The job's end could not be written.")
        return False
    return True


async def _run_and_settle(job: Job, runner: Runner, settlement: Settlement) -> None:
    try:
        ended = await runner.run(job)
    except asyncio.CancelledError:
        job.is_settling = True
        job.stop_reason = job.stop_reason or StopReason.SHUTDOWN
        await settlement.stopped(job)
    except DownloadFailedError as error:
        job.is_settling = True
        await settlement.failed(job, error)
    except StaleClaimError:
        raise
    except Exception:  # noqa: BLE001 - a bug of ours ends one job, not the bot
        job.is_settling = True
        logger.exception("A bug ended the job.")
        await settlement.failed(job, EngineBrokenError("Something broke on my side."))
    else:
        job.is_settling = True
        if isinstance(ended, Oversized):
            await settlement.oversized(job, ended)
        else:
            await settlement.completed(job, ended)

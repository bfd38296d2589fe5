"""The lease of one worker: its access to the network within its allowance, and the proxy's reason when it fails.

An engine only sees that its connection was refused or closed; the proxy knows why.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs

from boss_bot_core.egress import LIMIT_REASONS, EgressProxy, Lease
from boss_bot_core.errors import DownloadFailedError, FileTooLargeError, NetworkError, NoRoomError
from boss_bot_core.errors.refusal import build_refusal_error
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.pipeline.stages.byte_allowance import ByteAllowance
from boss_bot_core.storage.filesystem import measure_folder_size


@attrs.frozen
class LeaseFactory:
    """Opens the leases of workers.

    Attributes:
        proxy: The proxy.
        space: The room of all downloads.
        max_bytes: Most bytes that a job may receive, for all files together.
        rate_bps: Limit for bytes per second, or None.
    """

    proxy: EgressProxy
    space: SpaceService
    max_bytes: int
    rate_bps: int | None = None

    @asynccontextmanager
    async def open(self, job: RunningJob, folder: Path) -> AsyncIterator[tuple[Lease, ByteAllowance]]:
        """Open a lease for a worker of `job`, which has room for its files in `folder`; an error gets its real reason.

        Raises:
            DownloadFailedError: The job has no room, or its worker failed.
        """
        present_bytes = await asyncio.to_thread(measure_folder_size, folder)
        allowance = ByteAllowance(self.space, job.item, self.max_bytes, present_bytes)
        allowance.check_start()
        lease = self.proxy.open_lease(
            job.item.short_id, byte_cap=allowance.cap_bytes, rate_bps=self.rate_bps, extend_cap=allowance.extend
        )
        try:
            yield lease, allowance
        except DownloadFailedError as error:
            reason = _find_reason(error, lease, allowance)
            if isinstance(reason, NoRoomError):
                before, update = allowance.item, allowance.sum_up(lease.bytes_down)
                await job.report_progress(update, must_write=True)
                # Every wait is for more room than the last one, so that there is an end of it.
                grown = update.bytes_downloaded > (before.current_size or 0)
                reason.may_wait = grown or (update.total_bytes or 0) > (before.total_size or 0)
            raise reason from error
        finally:
            lease.close()
            await self.space.quota.record(job.item, lease.bytes_down)


def _find_reason(error: DownloadFailedError, lease: Lease, allowance: ByteAllowance) -> DownloadFailedError:
    if lease.is_capped and allowance.error is not None:
        return allowance.error
    if lease.machine_error is not None and isinstance(error, NetworkError):
        return lease.machine_error
    off_limits = [request for request in lease.blocked if request.reason not in LIMIT_REASONS]
    if off_limits and not isinstance(error, FileTooLargeError):
        return build_refusal_error(off_limits[0].reason, off_limits[0].host)
    return error

"""`GetSession`: submits the links of one `boss-bot get`, waits for the downloads, and delivers their files."""

import asyncio
import sys

from boss_bot_core.app.app import App, open_app
from boss_bot_core.cli.advice import get_error_message
from boss_bot_core.cli.get.open_question import answer_or_submit, matches_spec
from boss_bot_core.cli.get.progress import choose_display
from boss_bot_core.cli.get.request import GetRequest
from boss_bot_core.cli.get.result import GetResult, ResultError
from boss_bot_core.cli.get.result_file import ResultFile
from boss_bot_core.cli.get.waiter import DownloadWaiter, FinalState
from boss_bot_core.delivery import Delivery, FolderDeliverer
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.media import DownloadedFile, MediaInfo
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.pipeline.request import DownloadSpec
from boss_bot_core.queue import DispatcherElsewhereError
from boss_bot_core.queue.policy import is_deliverable
from boss_bot_core.routing import read_link
from boss_bot_core.settings import Settings
from boss_bot_core.worker import Zygote


async def run_session(settings: Settings, request: GetRequest, max_wait_s: float, zygote: Zygote) -> list[GetResult]:
    """Open the app and run the request in it; the zygote may still be loading its plugins.

    Raises:
        DispatcherElsewhereError: Another process works on the database, and cannot write into a folder here.
    """
    async with open_app(settings, zygote=zygote) as app, app.dispatch():
        if app.is_elsewhere:
            raise DispatcherElsewhereError(
                "Another boss-bot, on another machine or with another data folder, works on this database and cannot "
                "write into a folder here: stop it first, or use a database of your own (BOSS_BOT_DATABASE_URL)."
            )
        with choose_display(sys.stderr) as display:
            async with DownloadWaiter(app, display, max_wait_s) as waiter:
                return await GetSession(app, request, waiter).run()


class GetSession:
    """Runs one request; it does not matter which process runs the downloads."""

    def __init__(self, app: App, request: GetRequest, waiter: DownloadWaiter) -> None:
        self._app = app
        self._request = request
        self._waiter = waiter

    async def run(self) -> list[GetResult]:
        """Return a result for each link, in order; without links, for each unfinished download into a folder."""
        items = (await self._app.service.queue_state()).items
        unfinished = [item for item in items if is_deliverable(item, {"folder"}, self._app.services.queue.machine)]
        if not self._request.urls:
            return await asyncio.gather(*(self._wait_for_result(item.url, item) for item in unfinished))
        return await asyncio.gather(*(self._get_link(url, unfinished) for url in self._request.urls))

    async def _get_link(self, url: str, unfinished: list[DownloadItem]) -> GetResult:
        try:
            spec = _build_spec(self._request, url)
            # The same command after Ctrl-C continues the waiting download.
            same = (item for item in unfinished if matches_spec(item, spec))
            item = next(same, None) or await answer_or_submit(self._app, spec)
        except DownloadFailedError as error:
            return GetResult(url=url, status=DownloadStatus.FAILED.value, error=ResultError.from_error(error))
        return await self._wait_for_result(url, item)

    async def _wait_for_result(self, url: str, item: DownloadItem) -> GetResult:
        final = await self._waiter.wait_until_finished(item)
        platform = self._app.plugins.platforms().get(final.item.plugin)
        is_completed = final.item.status is DownloadStatus.COMPLETED
        record = await self._app.service.read_record(final.item) if is_completed else None
        return GetResult(
            url=url,
            status=final.item.status.value,
            platform=platform.name if platform else None,
            # The item names the plugin of the first candidate; a fallback may have fetched the files.
            plugin=record.plugin if record else final.item.plugin,
            title=final.item.title,
            author=final.item.author,
            files=await _deliver_files(final.item, record.files) if record else (),
            skipped=record.skipped if record else (),
            error=_to_result_error(final),
            attempts=final.item.attempt_count,
            from_storage=record is not None and record.is_reused,
        )


def _build_spec(request: GetRequest, url: str) -> DownloadSpec:
    found = read_link(url)
    return DownloadSpec(
        link=found.link,
        known_host_only=not found.is_whole,
        destination=Destination(kind="folder", target=str(request.folder)),
        max_file_size_bytes=request.max_file_size_bytes,
        priority=request.priority,
        options=request.options,
    )


async def _deliver_files(item: DownloadItem, files: tuple[DownloadedFile, ...]) -> tuple[ResultFile, ...]:
    """Return the files with their paths in the destination folder.

    A second delivery copies nothing and returns the paths of the first one, even if another process made it.
    """
    receipts = await FolderDeliverer().deliver(Delivery(item=item, files=files, media=MediaInfo()))
    pairs = zip(files, receipts, strict=True)
    return tuple(ResultFile.from_file(file, receipt.reference) for file, receipt in pairs)


def _to_result_error(final: FinalState) -> ResultError | None:
    item = final.item
    if item.status is DownloadStatus.COMPLETED or item.error_type is None:
        return None
    return ResultError(code=item.error_type, message=get_error_message(item), retry_after_s=final.retry_after_s)

"""What `boss-bot get` does between its arguments and its output: submit, wait, say where the files are."""

import asyncio
from pathlib import Path

import attrs

from boss_bot_core.app import App
from boss_bot_core.cli.get.result import GetResult, ResultError, ResultFile, build_result
from boss_bot_core.cli.get.wait import FinalState, ItemWait
from boss_bot_core.delivery import Delivery, FolderDeliverer
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.pipeline.request import DownloadSpec, Requester
from boss_bot_core.routing import parse_link

_EVERYTHING = 1_000_000


@attrs.frozen(kw_only=True)
class GetRequest:
    """What the command line asked for.

    Attributes:
        urls: Links as they were typed; none: finish what the queue holds.
        folder: Where the files go, absolute.
        max_file_size_bytes: Largest file.
        priority: How urgent.
        options: Further wishes.
    """

    urls: tuple[str, ...]
    folder: Path
    max_file_size_bytes: int
    priority: DownloadPriority
    options: DownloadOptions

    def to_spec(self, url: str) -> DownloadSpec:
        """Return what to submit for one of the links.

        Raises:
            InvalidUrlError: It is no link that may be fetched.
        """
        return DownloadSpec(
            link=parse_link(url),
            destination=Destination(kind="folder", target=str(self.folder)),
            max_file_size_bytes=self.max_file_size_bytes,
            priority=self.priority,
            options=self.options,
        )


class GetSession:
    """Submits the request's links and waits for their ends, whichever process runs them."""

    def __init__(self, app: App, request: GetRequest, waiting: ItemWait) -> None:
        self._app = app
        self._request = request
        self._waiting = waiting

    async def run(self) -> list[GetResult]:
        """Return what became of each link, in order; without links, of everything that the queue holds."""
        unfinished = [item for item in await self._unfinished() if item.destination.kind == "folder"]
        if not self._request.urls:
            return await asyncio.gather(*(self._wait_for_end(item.url, item) for item in unfinished))
        return await asyncio.gather(*(self._get(url, unfinished) for url in self._request.urls))

    async def _unfinished(self) -> tuple[DownloadItem, ...]:
        return (await self._app.services.queue.reader.state(page_size=_EVERYTHING)).items

    async def _get(self, url: str, unfinished: list[DownloadItem]) -> GetResult:
        try:
            spec = self._request.to_spec(url)
            # Asked again after Ctrl-C: the download that waits goes on, instead of a second one beside it.
            same = (item for item in unfinished if _is_same(item, spec))
            item = next(same, None) or await self._app.service.submit(spec, Requester())
        except DownloadFailedError as error:
            return GetResult(url=url, status=DownloadStatus.FAILED.value, error=ResultError.of(error))
        return await self._wait_for_end(url, item)

    async def _wait_for_end(self, url: str, item: DownloadItem) -> GetResult:
        ending = await self._waiting.until_finished(item)
        platform = self._app.plugins.platforms().get(ending.item.plugin)
        files = await self._files(ending.item) if ending.item.status is DownloadStatus.COMPLETED else ()
        record = await self._app.services.storage.read(ending.item) if files else None
        return build_result(
            url,
            ending.item,
            platform=platform.name if platform else None,
            # The first candidate's plugin, unless a fallback brought the files.
            plugin=record.plugin if record else ending.item.plugin,
            files=files,
            error=_error(ending),
        )

    async def _files(self, item: DownloadItem) -> tuple[ResultFile, ...]:
        async with self._app.services.database.connect() as tx:
            files = await tx.files.list_for_item(item.id)
        # Delivering again changes nothing and says where the files are, also when another process delivered them.
        receipts = await FolderDeliverer().deliver(Delivery(item=item, files=files, media=MediaInfo()))
        return tuple(ResultFile.of(file, receipt.reference) for file, receipt in zip(files, receipts, strict=True))


def _is_same(item: DownloadItem, spec: DownloadSpec) -> bool:
    return (item.url, item.destination, item.options) == (spec.link.url, spec.destination, spec.options)


def _error(ending: FinalState) -> ResultError | None:
    item = ending.item
    if item.status is DownloadStatus.COMPLETED or item.error_type is None:
        return None
    return ResultError(code=item.error_type, message=item.error_message or "", retry_after_s=ending.retry_after_s)

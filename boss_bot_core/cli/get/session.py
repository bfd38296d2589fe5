"""What `boss-bot get` does between its arguments and its output: submit, wait, say where the files are."""

import asyncio
from pathlib import Path

import attrs

from boss_bot_core.app import App
from boss_bot_core.cli.get.result import Outcome, OutcomeError, OutcomeFile, outcome_of
from boss_bot_core.cli.get.wait import Ending, Waiting
from boss_bot_core.delivery import Delivery, FolderDeliverer
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.pipeline.request import Asker, Wanted
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

    def wanted(self, url: str) -> Wanted:
        """Return what to submit for one of the links.

        Raises:
            InvalidUrlError: It is no link that may be fetched.
        """
        return Wanted(
            link=parse_link(url),
            destination=Destination(kind="folder", target=str(self.folder)),
            max_file_size_bytes=self.max_file_size_bytes,
            priority=self.priority,
            options=self.options,
        )


class Getter:
    """Submits the request's links and waits for their ends, whichever process runs them."""

    def __init__(self, app: App, request: GetRequest, waiting: Waiting) -> None:
        self._app = app
        self._request = request
        self._waiting = waiting

    async def run(self) -> list[Outcome]:
        """Return what became of each link, in order; without links, of everything that the queue holds."""
        unfinished = [item for item in await self._unfinished() if item.destination.kind == "folder"]
        if not self._request.urls:
            return await asyncio.gather(*(self._end_of(item.url, item) for item in unfinished))
        return await asyncio.gather(*(self._get(url, unfinished) for url in self._request.urls))

    async def _unfinished(self) -> tuple[DownloadItem, ...]:
        return (await self._app.desk.queue.view.state(page_size=_EVERYTHING)).items

    async def _get(self, url: str, unfinished: list[DownloadItem]) -> Outcome:
        try:
            wanted = self._request.wanted(url)
            # Asked again after Ctrl-C: the download that waits goes on, instead of a second one beside it.
            same = (item for item in unfinished if _is_same(item, wanted))
            item = next(same, None) or await self._app.service.submit(wanted, Asker())
        except DownloadFailedError as error:
            return Outcome(url=url, status=DownloadStatus.FAILED.value, error=OutcomeError.of(error))
        return await self._end_of(url, item)

    async def _end_of(self, url: str, item: DownloadItem) -> Outcome:
        ending = await self._waiting.for_end(item)
        platform = self._app.plugins.platforms().get(ending.item.plugin)
        files = await self._files(ending.item) if ending.item.status is DownloadStatus.COMPLETED else ()
        record = await self._app.desk.storage.read(ending.item) if files else None
        return outcome_of(
            url,
            ending.item,
            platform=platform.name if platform else None,
            # The first candidate's plugin, unless a fallback brought the files.
            plugin=record.plugin if record else ending.item.plugin,
            files=files,
            error=_error(ending),
        )

    async def _files(self, item: DownloadItem) -> tuple[OutcomeFile, ...]:
        async with self._app.desk.database.connect() as tx:
            files = await tx.files.of_item(item.id)
        # Delivering again changes nothing and says where the files are, also when another process delivered them.
        receipts = await FolderDeliverer().deliver(Delivery(item=item, files=files, media=MediaInfo()))
        return tuple(OutcomeFile.of(file, receipt.reference) for file, receipt in zip(files, receipts, strict=True))


def _is_same(item: DownloadItem, wanted: Wanted) -> bool:
    return (item.url, item.destination, item.options) == (wanted.link.url, wanted.destination, wanted.options)


def _error(ending: Ending) -> OutcomeError | None:
    item = ending.item
    if item.status is DownloadStatus.COMPLETED or item.error_type is None:
        return None
    return OutcomeError(code=item.error_type, message=item.error_message or "", retry_after_s=ending.retry_after_s)

"""The answer to an open question: continues the download that asked, with the files that it has."""

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.pipeline.request import DownloadSpec, Requester
from boss_bot_core.queue import ControlOutcome

_RECENT = 100
"""Finished downloads among which the one is searched that asked."""


def matches_spec(item: DownloadItem, spec: DownloadSpec) -> bool:
    """Return whether a download is the one that a command asks for, apart from its limit."""
    return (item.url, item.destination, item.options) == (spec.link.url, spec.destination, spec.options)


async def answer_or_submit(app: App, spec: DownloadSpec) -> DownloadItem:
    """Return the download that asked, continued with the answer in `spec`, or a new one.

    Raises:
        DownloadFailedError: The download is refused.
    """
    return await _find_asking(app, spec) or await app.service.submit(spec, Requester())


async def _find_asking(app: App, spec: DownloadSpec) -> DownloadItem | None:
    fit = spec.options.fit
    if fit is None:
        return None
    for item in await app.services.queue.reader.list_finished(limit=_RECENT):
        options = attrs.evolve(spec.options, fit=item.options.fit)
        if fit in item.choices and matches_spec(item, attrs.evolve(spec, options=options)):
            result = await app.service.retry(item, spec.max_file_size_bytes, fit)
            return result.item if result.outcome is ControlOutcome.DONE else None
    return None

"""What an event changes in what is known of a download: pure."""

from attrs import evolve

from boss_bot_core.bot.cards.job_view import JobView
from boss_bot_core.bot.cards.pace import Urgency
from boss_bot_core.domain.events import (
    JobCompleted,
    JobDescribed,
    JobEvent,
    JobProgressed,
    JobQueued,
    JobStatusChanged,
)
from boss_bot_core.domain.status import DownloadStatus


def after(view: JobView, event: JobEvent) -> JobView:
    """Return what is known after `event`."""
    if isinstance(event, JobQueued):
        # Asked for anew: nothing of what was before holds.
        return JobView(item=event.item)
    waits = event.item.status is DownloadStatus.QUEUED
    # How fast it was says nothing of how fast it will be.
    view = evolve(view, item=event.item, update=None if waits else view.update)
    if isinstance(event, JobProgressed):
        return evolve(view, update=event.update)
    if isinstance(event, JobCompleted):
        return evolve(view, files=event.files, skipped=event.skipped)
    return view


def urgency_of(event: JobEvent) -> Urgency | None:
    """Return how urgent the card's edit is; None: another event that says more follows at once."""
    if isinstance(event, JobProgressed | JobDescribed):
        return Urgency.PROGRESS
    if isinstance(event, JobStatusChanged) and event.item.is_finished:
        return None
    return Urgency.STATE


def moves_the_queue(event: JobEvent) -> bool:
    """Tell whether the places of waiting downloads may have changed."""
    return not isinstance(event, JobProgressed | JobDescribed)

"""Random downloads, deliveries, failures, crashes, clock jumps and clean-ups: what is needed stays, the rest goes."""

import asyncio
import os
import tempfile
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import attrs
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from boss_bot_core.database import Database
from boss_bot_core.domain.cleanup import CleanupKind
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.status import FINISHED, DownloadStatus
from boss_bot_core.plugin import FetchedFile, FileFacts
from boss_bot_core.storage import Quota, Storage, StorageLayout, VerifiedDownload, VerifiedFile
from boss_bot_core.storage.commit import store_files
from boss_bot_core.storage.filesystem import remove_tree
from boss_bot_core.storage.metadata import read_record
from boss_bot_core.storage.scan import list_stored_folders, list_temp_folders
from tests.operations.cleanup.conftest import CleanupHarness
from tests.operations.cleanup.random_history import ModelItem, SimulatedCrash, SimulatedTime, install_crash_point
from tests.properties import few_examples, many_random_examples

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KEPT = st.sampled_from([24 * HOUR, 72 * HOUR])
CRASHES = st.none() | st.integers(0, 40)
PLACES = "boss_bot_core.storage.expiry.find_last_change", "boss_bot_core.storage.sweep.find_last_change"


class RandomHistory(RuleBasedStateMachine):
    """Each rule is one thing that happens; the invariant holds after all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        root = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.layout = StorageLayout(root / "data", root / "cache")
        self.layout.prepare()
        self.runner = self.stack.enter_context(asyncio.Runner())
        opened = Database.open(f"sqlite:///{root}/queue.db")
        database = self.runner.run(opened.__aenter__())
        self.stack.callback(lambda: self.runner.run(opened.__aexit__(None, None, None)))
        self.time = SimulatedTime(root / "probe")
        for place in PLACES:
            self.stack.enter_context(patch(place, self.time.find_last_change))
        # A crash of the process, unlike a power cut, loses nothing that is written.
        self.stack.enter_context(patch.object(os, "fsync"))
        quota = Quota(temp_bytes=10**9, guild_daily_bytes=10**9, min_free_bytes=1)
        (root / "logs").mkdir()
        self.home = CleanupHarness(Storage(layout=self.layout, quota=quota), database, root / "logs")
        self.home.clock = self.time.read
        self.crash = install_crash_point()
        self.model: list[ModelItem] = []

    @initialize(kept=KEPT)
    def request_first(self, kept: timedelta) -> None:
        self.request(kept, 1)

    @rule(kept=KEPT, size=st.integers(1, 2000))
    def request(self, kept: timedelta, size: int) -> None:
        item = self.runner.run(self.home.add_item(DownloadStatus.QUEUED))
        self.model.append(ModelItem(item=item, content=os.urandom(size), kept=kept))

    @precondition(lambda self: self.has(DownloadStatus.QUEUED))
    @rule(which=st.integers(0, 7), crash=CRASHES)
    def download_and_store(self, which: int, crash: int | None) -> None:
        one = self.choose(which, DownloadStatus.QUEUED)
        self.change_status(one, DownloadStatus.DOWNLOADING)
        path = self.layout.open_temp(one.item) / "fetched"
        path.write_bytes(one.content)
        one.temp_since = self.time.passed
        self.change_status(one, DownloadStatus.PROCESSING)
        one.stored_since = None
        with suppress(SimulatedCrash), self.crash.armed(self.layout.data_dir.parent, crash):
            self.store(one, path)
            one.stored_since, one.temp_since = self.time.passed, None
            remove_tree(self.layout.temp_folder(one.item.id))
        if one.stored_since is None:
            # The start after the crash puts it back; the files of an earlier attempt are complete, or replaced.
            self.change_status(one, DownloadStatus.QUEUED)

    def store(self, one: ModelItem, path: Path) -> None:
        file = VerifiedFile(fetched=FetchedFile(path=path, name="a.mp4"), facts=FileFacts(mime_type="video/mp4"))
        download = VerifiedDownload(item=one.item, files=(file,))
        store_files(self.layout, download, now=self.time.wall, expires_at=self.time.wall + one.kept)

    @precondition(lambda self: self.has(DownloadStatus.PROCESSING))
    @rule(which=st.integers(0, 7))
    def deliver(self, which: int) -> None:
        one = self.choose(which, DownloadStatus.PROCESSING)
        one.temp_since = None
        self.change_status(one, DownloadStatus.COMPLETED)

    @precondition(lambda self: self.has(DownloadStatus.QUEUED, DownloadStatus.PROCESSING))
    @rule(which=st.integers(0, 7), how=st.sampled_from([ErrorType.NETWORK, ErrorType.NOT_FOUND, None]))
    def end(self, which: int, how: ErrorType | None) -> None:
        one = self.choose(which, DownloadStatus.QUEUED, DownloadStatus.PROCESSING)
        one.is_retryable = how is ErrorType.NETWORK
        self.change_status(one, DownloadStatus.CANCELLED if how is None else DownloadStatus.FAILED, how)

    @precondition(lambda self: self.has(DownloadStatus.FAILED, DownloadStatus.CANCELLED))
    @rule(which=st.integers(0, 7))
    def retry(self, which: int) -> None:
        one = self.choose(which, DownloadStatus.FAILED, DownloadStatus.CANCELLED)
        # The clean-ups may have deleted what an ended download left.
        one.temp_since = one.temp_since if one.needs_temp(self.time.passed) else None
        one.stored_since = one.stored_since if one.needs_stored(self.time.passed) else None
        self.change_status(one, DownloadStatus.QUEUED)

    @rule(time=st.timedeltas(timedelta(0), 2 * DAY))
    def pass_time(self, time: timedelta) -> None:
        self.time.change(passed=time)

    @rule(wrong=st.timedeltas(-30 * DAY, 30 * DAY))
    def set_clock(self, wrong: timedelta) -> None:
        # The bot reads the clock every few minutes: of several jumps between two readings, only the sum is known.
        self.runner.run(self.home.service.totals.observe_clock())
        self.time.change(wrong=wrong)

    @rule(off=st.timedeltas(timedelta(0), 3 * DAY))
    def restart_machine(self, off: timedelta) -> None:
        self.runner.run(self.home.service.totals.observe_clock())
        self.time.change(passed=off)
        self.time.boots, self.time.booted, self.time.has_jumped = self.time.boots + 1, self.time.passed, True

    @rule(kind=st.sampled_from(CleanupKind), crash=CRASHES)
    def clean_up(self, kind: CleanupKind, crash: int | None) -> None:
        try:
            with self.crash.armed(self.layout.data_dir.parent, crash):
                self.runner.run(self.home.service.run(kind))
        except SimulatedCrash:
            return
        if not self.time.has_jumped:
            self.compare_with_model(kind)

    def compare_with_model(self, kind: CleanupKind) -> None:
        """Without a jump, a clean-up leaves exactly what the model keeps."""
        now = self.time.passed
        if kind is CleanupKind.TEMP:
            left = {folder.item_id for folder in list_temp_folders(self.layout)}
            assert left == {one.item.id for one in self.model if one.needs_temp(now)} | (left & self.alive())
        if kind is CleanupKind.MAIN:
            left = {each.item_id for each in list_stored_folders(self.layout) if each.kind == "organised"}
            sure = {one.item.id for one in self.model if one.needs_stored(now)}
            unsure = {one.item.id for one in self.model if one.stored_since is None}
            assert left - unsure == sure

    @invariant()
    def what_is_needed_is_there(self) -> None:
        for one in self.model:
            if one.needs_temp(self.time.passed):
                assert (self.layout.temp_folder(one.item.id) / "fetched").read_bytes() == one.content
            if one.needs_stored(self.time.passed):
                record = read_record(self.layout.download_folder(one.item))
                assert record is not None
                assert [file.file_path.read_bytes() for file in record.files] == [one.content]

    def teardown(self) -> None:
        """In the end, only the files of unfinished downloads are left, whatever happened."""
        for _ in range(7):
            self.time.change(passed=10 * DAY)
            self.runner.run(self.home.service.totals.observe_clock())
        self.what_is_needed_is_there()
        for kind in (*CleanupKind, *CleanupKind):
            self.time.change(passed=HOUR)
            self.runner.run(self.home.service.run(kind))
        folders = [*list_temp_folders(self.layout), *list_stored_folders(self.layout)]
        assert {folder.item_id for folder in folders} <= self.alive()
        self.what_is_needed_is_there()
        self.stack.close()

    def alive(self) -> set[UUID]:
        return {one.item.id for one in self.model if one.is_alive}

    def has(self, *statuses: DownloadStatus) -> bool:
        return any(one.item.status in statuses for one in self.model)

    def choose(self, which: int, *statuses: DownloadStatus) -> ModelItem:
        found = [one for one in self.model if one.item.status in statuses]
        return found[which % len(found)]

    def change_status(self, one: ModelItem, status: DownloadStatus, error_type: ErrorType | None = None) -> None:
        before = one.item
        ended_at = self.time.wall if status in FINISHED else None
        one.item = attrs.evolve(before, status=status, completed_at=ended_at, error_type=error_type)
        self.runner.run(self.home.replace_item(before, one.item))


TestRandomHistories = RandomHistory.TestCase
TestRandomHistories.settings = few_examples(8)


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestManyRandomHistories(RandomHistory.TestCase):  # type: ignore[misc,valid-type] # hypothesis builds the class
    settings = many_random_examples(100)

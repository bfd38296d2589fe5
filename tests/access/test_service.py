"""People over a real database: permits, preferences, settings, limits."""

import asyncio

import attrs
import pytest

from boss_bot_core.access import AccessRequest, AccessService, OperatorLimits
from boss_bot_core.access.running_limits import RunningLimits
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.chat_settings.setting import SettingRefusedError
from boss_bot_core.database import Database, ReadUnit
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.domain.users import DEFAULT_PREFERENCES, BarStyle, NotificationPreference, PermissionLevel
from boss_bot_core.errors import PermissionDeniedError, QuotaExceededError
from boss_bot_core.queue import QueueLimits
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import MovableClock, build_new_download

ALICE, BOB, GUILD, OTHER_GUILD, ROLE, CHANNEL = 10**17, 2**63 - 1, 10**18, 10**18 + 1, 10**18 + 2, 10**18 + 3
REQUEST = AccessRequest(user_id=ALICE, guild_id=GUILD, channel_id=CHANNEL)
BASE = QueueLimits()


async def ask(
    database: Database,
    clock: MovableClock,
    guild_id: int = GUILD,
    status: DownloadStatus = DownloadStatus.QUEUED,
) -> DownloadItem:
    item = attrs.evolve(to_item(build_new_download(user_id=ALICE, guild_id=guild_id), clock()), status=status)
    async with database.begin() as tx:
        return await tx.items.insert(attrs.evolve(item, completed_at=clock() if item.is_finished else None))


async def test_somebody_unknown_gets_what_everybody_gets(access: AccessService) -> None:
    permit = await access.authorize(REQUEST)
    assert permit.level is PermissionLevel.NORMAL
    assert permit.max_file_size_bytes == 50 * 1024 * 1024
    assert permit.priority is DownloadPriority.NORMAL
    assert permit.preferences == DEFAULT_PREFERENCES


async def test_the_daily_number_is_kept_until_midnight(
    access: AccessService, database: Database, clock: MovableClock
) -> None:
    for guild in (GUILD, OTHER_GUILD, GUILD):
        await access.authorize(REQUEST)
        await ask(database, clock, guild)
    with pytest.raises(QuotaExceededError, match="your 3 downloads of today"):
        await access.authorize(REQUEST)
    today = (await access.profile(ALICE, GUILD)).today
    assert (today.used, today.allowed, today.is_used_up) == (3, 3, True)
    assert today.renews_at.isoformat() == "2026-11-23T00:00:00+00:00"
    await access.authorize(attrs.evolve(REQUEST, user_id=BOB))
    clock.advance(12 * 3600)
    await access.authorize(REQUEST)
    assert (await access.profile(ALICE)).today.used == 0


async def test_what_failed_or_was_cancelled_uses_nothing_up(
    access: AccessService, database: Database, clock: MovableClock
) -> None:
    for status in (DownloadStatus.FAILED, DownloadStatus.CANCELLED, DownloadStatus.COMPLETED):
        await ask(database, clock, status=status)
    assert (await access.profile(ALICE)).today.used == 1


async def test_a_servers_own_number_counts_only_there(
    access: AccessService, database: Database, clock: MovableClock, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild(GUILD, "daily", "1")
    for _ in range(2):
        await ask(database, clock, OTHER_GUILD)
    await access.authorize(REQUEST)
    await ask(database, clock)
    with pytest.raises(QuotaExceededError):
        await access.authorize(REQUEST)
    await chat_settings.change_guild(GUILD, "daily", "unlimited")
    await access.authorize(REQUEST)
    assert (await access.profile(ALICE, GUILD)).today.allowed is None
    with pytest.raises(QuotaExceededError):
        await access.authorize(attrs.evolve(REQUEST, guild_id=OTHER_GUILD))


async def test_a_refusal_says_why_and_what_next(access: AccessService, chat_settings: ChatSettingsService) -> None:
    await chat_settings.change_guild(GUILD, "blocked-channels", f"<#{CHANNEL}>")
    with pytest.raises(PermissionDeniedError) as caught:
        await access.authorize(REQUEST)
    assert caught.value.user_message == "Downloads are switched off in this channel. A server admin can change that."
    await access.authorize(attrs.evolve(REQUEST, guild_id=OTHER_GUILD))


async def test_what_a_person_chose_is_stronger_than_what_their_server_chose(
    access: AccessService, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild(GUILD, "members-bar", "dots")
    await chat_settings.change_guild(GUILD, "members-mention", "off")
    assert (await access.preferences(ALICE)).progress_bar_style is BarStyle.STANDARD
    assert (await access.preferences(ALICE, GUILD)).progress_bar_style is BarStyle.DOTS
    after = await chat_settings.change_own(ALICE, "bar", "blocks", GUILD)
    assert after == await access.preferences(ALICE, GUILD)
    assert (after.progress_bar_style, after.mention_on_complete) == (BarStyle.BLOCKS, False)
    assert (await access.preferences(BOB, GUILD)).progress_bar_style is BarStyle.DOTS
    assert (await chat_settings.change_own(ALICE, "bar", "default", GUILD)).progress_bar_style is BarStyle.DOTS


async def test_settings_changed_at_the_same_time_are_all_kept(
    access: AccessService, database_url: str, chat_settings: ChatSettingsService
) -> None:
    async with Database.open(database_url) as another:
        neighbour = ChatSettingsService(another, await AccessService.open(another, OperatorLimits()))
        await asyncio.gather(
            chat_settings.change_own(ALICE, "bar", "dots"),
            neighbour.change_own(ALICE, "notifications", "none"),
            chat_settings.change_own(ALICE, "retries", "5"),
            chat_settings.change_guild(GUILD, "daily", "7"),
            neighbour.change_guild(GUILD, "running", "4"),
            access.learn_upload_limit(GUILD, 1000),
        )
    after = await access.preferences(ALICE)
    assert (after.progress_bar_style, after.notification_level, after.max_retries) == (
        BarStyle.DOTS,
        NotificationPreference.NONE,
        5,
    )
    guild = (await access.profile(ALICE, GUILD)).guild
    assert (guild.daily_downloads_per_user, guild.max_running, guild.learnt_upload_limit_bytes) == (7, 4, 1000)


async def test_a_level_that_the_owner_gave_holds_everywhere(
    access: AccessService, database: Database, chat_settings: ChatSettingsService
) -> None:
    kept = await chat_settings.change_user("level", f"<@!{ALICE}> premium")
    assert (kept.user_id, kept.permission_level) == (ALICE, PermissionLevel.PREMIUM)
    for guild in (GUILD, OTHER_GUILD):
        request = attrs.evolve(REQUEST, guild_id=guild, priority=DownloadPriority.HIGH)
        assert (await access.authorize(request)).priority is DownloadPriority.HIGH
    await chat_settings.change_user("level", f"<@{ALICE}> default")
    assert (await access.authorize(REQUEST)).level is PermissionLevel.NORMAL


async def test_changed_running_limits_count_at_once_and_after_a_restart(
    access: AccessService, database: Database, clock: MovableClock, chat_settings: ChatSettingsService
) -> None:
    assert access.queue_limits(BASE) == BASE
    await chat_settings.change_user("user-running", f"{BOB} 4")
    await chat_settings.change_guild(GUILD, "running", "3")
    for service in (access, await AccessService.open(database, OperatorLimits(), clock=clock)):
        limits = service.queue_limits(BASE)
        assert (limits.get_user_limit(BOB), limits.get_user_limit(ALICE)) == (4, 2)
        assert (limits.get_guild_limit(GUILD), limits.get_guild_limit(OTHER_GUILD)) == (3, None)
    await chat_settings.change_user("user-running", f"{BOB} default")
    await access.forget_guild(GUILD)
    assert access.queue_limits(BASE) == BASE


async def test_changed_limits_are_told_to_whoever_waits_for_a_place(database: Database) -> None:
    wake_up = asyncio.Event()
    access = await AccessService.open(database, OperatorLimits(), changed=wake_up.set)
    chat_settings = ChatSettingsService(database, access)
    wake_up.clear()
    await chat_settings.change_user("user-running", f"{BOB} 4")
    assert wake_up.is_set()


async def test_the_slower_of_two_readers_puts_nothing_old_back(
    access: AccessService, monkeypatch: pytest.MonkeyPatch, chat_settings: ChatSettingsService
) -> None:
    read = RunningLimits.read
    readers = 0

    async def read_slowly(tx: ReadUnit) -> RunningLimits:
        nonlocal readers
        readers += 1
        found, is_first = await read(tx), readers == 1
        await asyncio.sleep(0.2 if is_first else 0)
        return found

    monkeypatch.setattr(RunningLimits, "read", read_slowly)
    first = asyncio.create_task(chat_settings.change_user("user-running", f"{BOB} 3"))
    while not readers:
        await asyncio.sleep(0.01)
    await chat_settings.change_user("user-running", f"{BOB} 4")
    await first
    assert access.queue_limits(BASE).get_user_limit(BOB) == 4


async def test_a_learnt_limit_is_believed_for_a_while(access: AccessService, clock: MovableClock) -> None:
    assert await access.learned_upload_limit(GUILD) is None
    await access.learn_upload_limit(GUILD, 9_000_000)
    assert await access.learned_upload_limit(GUILD) == 9_000_000
    assert await access.learned_upload_limit(OTHER_GUILD) is None
    clock.advance(7 * 86_400)
    assert await access.learned_upload_limit(GUILD) is None


async def test_a_learnt_limit_can_be_forgotten_and_nothing_else_with_it(
    access: AccessService, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild(GUILD, "daily", "7")
    await access.learn_upload_limit(GUILD, 9_000_000)
    await access.learn_upload_limit(GUILD, None)
    assert await access.learned_upload_limit(GUILD) is None
    assert (await access.profile(ALICE, GUILD)).guild.daily_downloads_per_user == 7


async def test_a_refused_value_changes_nothing(access: AccessService, chat_settings: ChatSettingsService) -> None:
    await chat_settings.change_own(ALICE, "bar", "dots")
    for key, value in [("bar", "wavy"), ("bars", "blocks"), ("retries", "6"), ("", "")]:
        with pytest.raises(SettingRefusedError):
            await chat_settings.change_own(ALICE, key, value)
    with pytest.raises(SettingRefusedError):
        await chat_settings.change_user("level", "premium")
    assert (await access.preferences(ALICE)).progress_bar_style is BarStyle.DOTS

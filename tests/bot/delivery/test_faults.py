"""Discord falters: the files arrive all the same, once, or the download ends with a reason and keeps them."""

import asyncio
import time

import attrs
import pytest

from boss_bot_core.bot.delivery import upload
from boss_bot_core.delivery.deliverer import DeliveryForbiddenError, DestinationGoneError, DestinationUnreachableError
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors import NotFoundError
from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.events import FaultHappened, MessageCreated, RequestServed
from boss_bot_sandbox.discord.fault_injection import SEND
from boss_bot_sandbox.discord.faults import Fault, Reset
from boss_bot_sandbox.discord.testing import RecordingBot
from tests.bot.delivery.conftest import MakeDeliverer, MakeDelivery

TWELVE = range(100, 112)


def arrived(server: LocalDiscord) -> list[int]:
    """Return how many files each message of the channel has."""
    return [len(message.attachments) for message in server.channel("general").messages]


@pytest.mark.parametrize("everywhere", [False, True])
async def test_429_is_waited_for(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery, *, everywhere: bool
) -> None:
    local_discord.faults.rate_limit(SEND, 0.1, everywhere=everywhere, count=2)
    await make_deliverer().deliver(await make_delivery(*TWELVE))
    assert arrived(local_discord) == [10, 2]


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
async def test_a_server_error_before_or_after_the_message_doubles_and_loses_nothing(
    local_discord: LocalDiscord,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
    *,
    status: int,
    applied: bool,
) -> None:
    local_discord.faults.error(status, SEND, applied=applied)
    receipts = await make_deliverer().deliver(await make_delivery(*TWELVE))
    assert arrived(local_discord) == [10, 2]
    messages = local_discord.channel("general").messages
    assert {receipt.reference for receipt in receipts} == {str(message.id) for message in messages}


@pytest.mark.parametrize("applied", [False, True])
async def test_a_cut_connection_before_or_after_the_message_doubles_and_loses_nothing(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery, *, applied: bool
) -> None:
    local_discord.faults.reset(SEND, applied=applied, count=2)
    await make_deliverer().deliver(await make_delivery(*TWELVE))
    assert arrived(local_discord) == [10, 2]


async def test_a_lost_answer_is_found_in_the_channel_when_discord_has_forgotten_the_nonce(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    local_discord.faults.reset(SEND, applied=True)
    local_discord.state.options = attrs.evolve(local_discord.state.options, nonce_window_s=0.0)
    await make_deliverer().deliver(await make_delivery(10))
    assert arrived(local_discord) == [1]


async def test_an_outage_of_discord_is_waited_for(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*TWELVE)
    local_discord.faults.outage(2.0)
    await make_deliverer(retry_period_s=20).deliver(delivery)
    assert arrived(local_discord) == [10, 2]


async def test_an_outage_that_does_not_end_is_a_reason_and_the_next_try_sends_the_rest(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*TWELVE)
    local_discord.faults.plan.add(_after_the_first_message())
    with pytest.raises(DestinationUnreachableError) as failed:
        await make_deliverer(retry_period_s=1.0).deliver(delivery)
    assert failed.value.retryable
    assert failed.value.code is ErrorType.TIMEOUT
    assert arrived(local_discord) == [10]
    local_discord.faults.clear()
    receipts = await make_deliverer().deliver(delivery)
    assert arrived(local_discord) == [10, 2]
    assert len({receipt.reference for receipt in receipts}) == 2


def _after_the_first_message() -> Fault:
    return Fault(effect=Reset(), route=SEND, count=None, skip=1)


async def test_a_client_that_does_not_connect_is_not_waited_for_for_ever(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    bot = RecordingBot()
    async with bot:
        await bot.login(local_discord.token)
        deliverer = make_deliverer(0.2, bot)
        with pytest.raises(DestinationUnreachableError):
            await deliverer.deliver(await make_delivery(10))


async def test_a_channel_that_is_gone_is_a_reason(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(10)
    local_discord.admin.delete_channel(local_discord.channel("general"))
    with pytest.raises(DestinationGoneError) as failed:
        await make_deliverer().deliver(delivery)
    assert failed.value.user_message == "The channel is gone. Ask again in another channel."
    assert delivery.files[0].file_path.exists()


async def test_a_channel_that_goes_between_two_messages_is_a_reason(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(*TWELVE)
    task = asyncio.create_task(make_deliverer().deliver(delivery))
    await local_discord.wait_for(MessageCreated)
    local_discord.admin.delete_channel(local_discord.channel("general"))
    with pytest.raises(DestinationGoneError):
        await task


async def test_a_missing_permission_is_named(
    local_discord: LocalDiscord,
    connected_bot: RecordingBot,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
) -> None:
    delivery = await make_delivery(10)
    local_discord.admin.withdraw(local_discord.channel("general"), Permission.ATTACH_FILES)
    await connected_bot.wait_for_event("guild_channel_update")
    with pytest.raises(DeliveryForbiddenError, match=r"^I need Attach Files in that channel\.$"):
        await make_deliverer().deliver(delivery)


@pytest.mark.parametrize("permission", [Permission.ATTACH_FILES, Permission.SEND_MESSAGES, Permission.VIEW_CHANNEL])
async def test_a_permission_that_is_withdrawn_between_two_messages_is_a_reason_and_granted_again_it_goes_on(
    local_discord: LocalDiscord,
    connected_bot: RecordingBot,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
    permission: Permission,
) -> None:
    delivery, general = await make_delivery(*TWELVE), local_discord.channel("general")
    task = asyncio.create_task(make_deliverer().deliver(delivery))
    await local_discord.wait_for(MessageCreated)
    local_discord.admin.withdraw(general, permission)
    with pytest.raises(DeliveryForbiddenError):
        await task
    local_discord.admin.grant(general, permission)
    await connected_bot.wait_for_event("guild_channel_update", times=2)
    await make_deliverer().deliver(delivery)
    assert arrived(local_discord) == [10, 2]


async def test_a_file_that_is_not_kept_any_more_is_a_reason(
    make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(10, 20)
    delivery.files[1].file_path.unlink()
    with pytest.raises(NotFoundError, match="not kept"):
        await make_deliverer().deliver(delivery)


async def test_a_request_that_hangs_is_given_up_and_its_message_found(
    local_discord: LocalDiscord,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upload, "BASE_TIMEOUT_S", 0.3)
    local_discord.faults.slow(2.0, SEND, applied=True)
    await make_deliverer().deliver(await make_delivery(10))
    assert arrived(local_discord) == [1]
    sent = (entry.event for entry in local_discord.transcript if isinstance(entry.event, RequestServed))
    assert sum(one.method == "POST" and one.path.endswith("/messages") for one in sent) <= 1


@pytest.mark.parametrize("seconds", [0.0, 0.15])
async def test_cancelled_while_it_waits_for_discord_it_ends_at_once(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery, seconds: float
) -> None:
    local_discord.faults.reset(SEND, count=None)
    task = asyncio.create_task(make_deliverer().deliver(await make_delivery(10)))
    await local_discord.wait_for(FaultHappened)
    await asyncio.sleep(seconds)
    started_s = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - started_s < 4.0

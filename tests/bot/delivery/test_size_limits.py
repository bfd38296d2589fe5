"""Limits: kept to, told to people, and learnt from refusals."""

import pytest

from boss_bot_core.delivery.deliverer import TooLargeToDeliverError
from boss_bot_sandbox.discord import LocalDiscord, Options, TooLargeVariant
from boss_bot_sandbox.discord.events import RequestServed
from tests.bot.delivery.conftest import MIB, MakeDeliverer, MakeDelivery, Memory


@pytest.fixture
def discord_options() -> Options:
    # The bot believes in 20 MiB, as it is told by default.
    return Options(default_upload_bytes=10 * MIB)


def sent_with(server: LocalDiscord) -> list[int | None]:
    served = (entry.event for entry in server.transcript if isinstance(entry.event, RequestServed))
    return [one.status for one in served if one.path.endswith("/messages") and one.method == "POST"]


async def test_a_refusal_is_learnt_and_what_still_fits_arrives(
    local_discord: LocalDiscord, memory: Memory, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(3000, 12 * MIB, 4000)
    receipts = await make_deliverer().deliver(delivery)
    (message,) = local_discord.channel("general").messages
    assert [one.size_bytes for one in message.attachments] == [3000, 4000]
    until = f"<t:{int(delivery.files[1].expires_at.timestamp())}:R>"
    assert message.content.splitlines()[-1] == (
        f"📦 file\\_2.mp4: 12.0 MB, this server allows 10 MB. Kept on the host until {until}."
    )
    assert memory.limits == {local_discord.guild().id: 10 * MIB}
    assert [receipt.left_out for receipt in receipts] == [
        None,
        "12.0 MB, this server allows 10 MB; it is kept on my host.",
        None,
    ]
    assert receipts[1].reference == str(delivery.files[1].file_path)
    assert sent_with(local_discord) == [413, 200]


async def test_what_was_learnt_is_believed_the_next_time(
    local_discord: LocalDiscord, memory: Memory, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    memory.limits[local_discord.guild().id] = 10 * MIB
    await make_deliverer().deliver(await make_delivery(3000, 12 * MIB))
    assert sent_with(local_discord) == [200]


async def test_when_nothing_fits_it_says_so_and_keeps_the_files(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(12 * MIB)
    with pytest.raises(TooLargeToDeliverError) as refused:
        await make_deliverer().deliver(delivery)
    assert refused.value.message == "12.0 MB, this server allows 10 MB. I keep it on my host for 6 h."
    assert local_discord.channel("general").messages == []
    assert delivery.files[0].file_path.exists()


async def test_after_a_boost_the_same_delivery_arrives(
    local_discord: LocalDiscord, memory: Memory, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    delivery = await make_delivery(12 * MIB)
    with pytest.raises(TooLargeToDeliverError):
        await make_deliverer().deliver(delivery)
    memory.limits.clear()
    local_discord.admin.boost(local_discord.guild(), 2)
    await make_deliverer().deliver(delivery)
    assert [len(message.attachments) for message in local_discord.channel("general").messages] == [1]


async def test_a_file_over_the_asker_s_own_limit_stays(
    local_discord: LocalDiscord, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
) -> None:
    receipts = await make_deliverer().deliver(await make_delivery(1000, 3 * MIB, limit=2 * MIB))
    assert [receipt.left_out is None for receipt in receipts] == [True, False]
    assert sent_with(local_discord) == [200]


@pytest.mark.parametrize("variant", list(TooLargeVariant))
async def test_many_files_that_are_too_much_together_are_sent_in_two_messages(
    local_discord: LocalDiscord,
    memory: Memory,
    make_deliverer: MakeDeliverer,
    make_delivery: MakeDelivery,
    variant: TooLargeVariant,
) -> None:
    local_discord.faults.too_large(variant)
    receipts = await make_deliverer().deliver(await make_delivery(1000, 1000, 1000, 1000))
    messages = local_discord.channel("general").messages
    assert [len(message.attachments) for message in messages] == [2, 2]
    assert [message.content.splitlines()[-1][:6] for message in messages] == ["-# 1/2", "-# 2/2"]
    assert all(receipt.left_out is None for receipt in receipts)
    assert memory.limits == {}


class TestTheProxysLimit:
    """A whole request over it is refused with a page, before Discord sees it."""

    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(request_bytes=8 * MIB)

    async def test_everything_arrives_in_smaller_messages(
        self, local_discord: LocalDiscord, memory: Memory, make_deliverer: MakeDeliverer, make_delivery: MakeDelivery
    ) -> None:
        await make_deliverer().deliver(await make_delivery(*[3 * MIB] * 5))
        messages = local_discord.channel("general").messages
        assert [len(message.attachments) for message in messages] == [2, 2, 1]
        assert memory.limits == {}

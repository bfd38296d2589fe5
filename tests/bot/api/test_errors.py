"""The meaning of Discord's errors for a delivery, and the timeout of an upload."""

from unittest.mock import create_autospec

import aiohttp
import discord
import pytest

from boss_bot_core.bot.api.errors import is_too_large, is_transient, to_delivery_error
from boss_bot_core.bot.delivery.upload import compute_timeout
from boss_bot_core.delivery.deliverer import DeliveryForbiddenError, DeliveryRefusedError, DestinationGoneError
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors import DownloadFailedError, NotFoundError

MIB = 1_048_576


def refusal(status: int, code: int = 0, cls: type[discord.HTTPException] = discord.HTTPException) -> Exception:
    response = create_autospec(aiohttp.ClientResponse, instance=True, status=status, reason="")
    return cls(response, {"code": code, "message": "no"} if code else "<html>cloudflare</html>")


@pytest.mark.parametrize(
    "error",
    [
        refusal(429),
        refusal(500, cls=discord.DiscordServerError),
        refusal(524, cls=discord.DiscordServerError),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "Connection reset by peer"),
        ConnectionResetError(),
        TimeoutError(),
        discord.RateLimited(60),
    ],
)
def test_transient_failures(error: Exception) -> None:
    assert is_transient(error)


@pytest.mark.parametrize(
    ("error", "cls", "code"),
    [
        (refusal(404, 10003, discord.NotFound), DestinationGoneError, ErrorType.NOT_FOUND),
        (refusal(404, 10008, discord.NotFound), DestinationGoneError, ErrorType.NOT_FOUND),
        (refusal(403, 50001, discord.Forbidden), DeliveryForbiddenError, ErrorType.PERMISSION_DENIED),
        (refusal(403, 50007, discord.Forbidden), DeliveryForbiddenError, ErrorType.PERMISSION_DENIED),
        (refusal(403, 50013, discord.Forbidden), DeliveryForbiddenError, ErrorType.PERMISSION_DENIED),
        (refusal(400, 50083), DeliveryForbiddenError, ErrorType.PERMISSION_DENIED),
        (refusal(400, 20009), DeliveryRefusedError, ErrorType.PERMISSION_DENIED),
        (refusal(400, 200000), DeliveryRefusedError, ErrorType.PERMISSION_DENIED),
        (refusal(400, 50035), DeliveryRefusedError, ErrorType.PERMISSION_DENIED),
        (FileNotFoundError(), NotFoundError, ErrorType.NOT_FOUND),
    ],
)
def test_permanent_failures_of_a_delivery(error: Exception, cls: type[DownloadFailedError], code: ErrorType) -> None:
    end = to_delivery_error(error)
    assert type(end) is cls
    assert end.code is code
    assert not end.retryable
    assert not is_transient(error)


@pytest.mark.parametrize("error", [refusal(413, 40005), refusal(413)])
def test_a_message_is_too_large_by_its_status_alone(error: Exception) -> None:
    assert is_too_large(error)
    assert not is_too_large(refusal(400, 50035))


def test_an_unexpected_exception_is_not_a_delivery_error() -> None:
    assert to_delivery_error(KeyError("id")) is None
    assert not is_transient(KeyError("id"))


def test_large_files_have_a_longer_timeout_than_aiohttps_default() -> None:
    small, large = compute_timeout(1000).total, compute_timeout(20 * MIB).total
    assert small is not None
    assert large is not None
    assert small < 65
    assert large > 600

"""A limit of the bot's own machine is not reported as a host that cannot be reached."""

import errno
import os

import pytest

from boss_bot_core.egress import Lease
from boss_bot_core.egress import _host_lookup as host_lookup
from boss_bot_core.errors import MachineError
from tests.egress.fixture_types import Authorize, SendRaw


@pytest.mark.parametrize(("number", "is_of_this_machine"), [(errno.EMFILE, True), (errno.EHOSTUNREACH, False)])
async def test_a_look_up_without_a_free_descriptor_is_this_machines_error(
    lease: Lease,
    send_raw: SendRaw,
    authorize: Authorize,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    *,
    is_of_this_machine: bool,
) -> None:
    async def fail(*_: object) -> tuple[str, ...]:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(host_lookup.SystemResolver, "__call__", fail)
    request = b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n" + authorize(lease) + b"\r\n"
    assert b"unresolvable" in await send_raw(request)
    assert isinstance(lease.machine_error, MachineError) is is_of_this_machine

"""Tests of the addresses of local services."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.service_address import ServiceAddress


@given(st.ip_addresses().filter(lambda ip: not getattr(ip, "scope_id", None)), st.integers(1, 65_535))
def test_an_address_is_read_back_from_its_text(ip: object, port: int) -> None:
    text = f"[{ip}]:{port}" if ":" in str(ip) else f"{ip}:{port}"
    address = ServiceAddress.parse(text)
    assert (address.host, address.port, str(address)) == (str(ip), port, text)
    assert ServiceAddress.parse(str(address)) == address


def test_a_path_is_a_unix_socket_and_localhost_stands_for_its_address() -> None:
    assert str(ServiceAddress.parse("/run/clamav/clamd.ctl")) == "/run/clamav/clamd.ctl"
    assert ServiceAddress.parse("localhost:3310") == ServiceAddress.parse("127.0.0.1:3310")


@pytest.mark.parametrize("text", ["", "clamav:3310", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "run/a.sock", ":1"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="an IP address with a port"):
        ServiceAddress.parse(text)

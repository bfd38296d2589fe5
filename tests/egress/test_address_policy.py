"""Tests of the addresses that a download may reach."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.egress import AddressPolicy

CLOSED = AddressPolicy()
LOOPBACK = AddressPolicy((ip_network("127.0.0.0/8"),))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("10.0.0.1", "private"),
        ("100.64.0.1", "carrier-nat"),
        ("100.127.255.255", "carrier-nat"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.8", "reserved"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "6to4"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarking"),
        ("198.19.255.255", "benchmarking"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.7", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "v4-compatible"),
        ("::8.8.8.8", "v4-compatible"),
        ("::ffff:127.0.0.1", "v4-mapped"),
        ("::ffff:8.8.8.8", "v4-mapped"),
        ("64:ff9b::7f00:1", "nat64"),
        ("64:ff9b::808:808", "nat64"),
        ("64:ff9b:1::1", "nat64"),
        ("100::1", "discard"),
        ("2001::1", "teredo"),
        ("2001:2::1", "benchmarking"),
        ("2001:10::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("2002:808:808::1", "6to4"),
        ("3fff::1", "documentation"),
        ("4000::1", "reserved"),
        ("5f00::1", "reserved"),
        ("fc00::1", "unique-local"),
        ("fd12:3456::1", "unique-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
        ("localhost", "not-an-address"),
        ("127.1", "not-an-address"),
        ("0177.0.0.1", "not-an-address"),
        ("2130706433", "not-an-address"),
        ("", "not-an-address"),
    ],
)
def test_an_address_that_is_not_public_is_refused_with_its_reason(address: str, reason: str) -> None:
    assert CLOSED.find_refusal(address) == reason


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2001:4860:4860::8888",
    ],
)
def test_public_addresses_are_allowed(address: str) -> None:
    assert CLOSED.find_refusal(address) is None
    assert CLOSED.find_refusal(ip_address(address)) is None
    assert not CLOSED.is_allowed_private(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::ffff:127.0.0.1", "8.8.8.8"])
def test_an_allowed_network_includes_its_mapped_form(address: str) -> None:
    assert LOOPBACK.find_refusal(address) is None


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::"]
)
def test_an_allowed_network_includes_no_other_address(address: str) -> None:
    assert LOOPBACK.find_refusal(address) is not None


def test_an_allowed_mapped_network_does_not_allow_ipv4_addresses() -> None:
    assert AddressPolicy((ip_network("::ffff:0:0/96"),)).find_refusal("::ffff:127.0.0.1") == "v4-mapped"
    assert AddressPolicy((ip_network("::ffff:0:0/96"),)).find_refusal("127.0.0.1") == "loopback"


@pytest.mark.parametrize(
    ("network", "address", "reason"),
    [
        ("64:ff9b::/96", "64:ff9b::808:808", None),
        ("64:ff9b::/96", "64:ff9b::7f00:1", "loopback"),
        ("64:ff9b::/96", "64:ff9b::a9fe:a9fe", "link-local"),
        ("2002::/16", "2002:808:808::1", None),
        ("2002::/16", "2002:a00:1::1", "private"),
        # Teredo: server 65.54.227.120, client 192.0.2.45 obfuscated.
        ("2001::/32", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "documentation"),
        ("::/96", "::8.8.8.8", None),
        ("::/96", "::10.0.0.1", "private"),
        ("::1/128", "::1", None),
    ],
)
def test_an_allowed_transition_network_does_not_allow_its_embedded_addresses(
    network: str, address: str, reason: str | None
) -> None:
    assert AddressPolicy((ip_network(network),)).find_refusal(address) == reason


@given(st.ip_addresses(v=4))
def test_no_address_that_python_calls_private_is_allowed(address: IPv4Address) -> None:
    if address.is_private or address.is_multicast or address.is_reserved or address.is_link_local:
        assert CLOSED.find_refusal(address) is not None


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_decided_by_its_ipv4_network(address: IPv4Address) -> None:
    mapped = IPv6Address(f"::ffff:{address}")
    assert (LOOPBACK.find_refusal(mapped) is None) == address.is_loopback


@given(st.ip_addresses(v=6))
def test_only_global_unicast_ipv6_addresses_are_allowed(address: IPv6Address) -> None:
    if CLOSED.find_refusal(address) is None:
        assert address in ip_network("2000::/3")
        assert address.is_global


@given(st.ip_addresses(v=4))
def test_an_embedded_ipv4_address_is_never_allowed(address: IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::", "::"):
        assert CLOSED.find_refusal(IPv6Address(int(IPv6Address(prefix)) | int(address))) is not None

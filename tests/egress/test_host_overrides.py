"""Tests of the operator's host overrides."""

from ipaddress import ip_address

import pytest

from boss_bot_core.egress._host_lookup import FixedAddress, HostOverrides


def test_the_most_specific_override_applies() -> None:
    overrides = HostOverrides({".com": "1.1.1.1:1", ".X.com": "2.2.2.2:2", "api.x.com": "[2001:db8::1]:3"})
    assert overrides.find("api.x.com") == FixedAddress(ip_address("2001:db8::1"), 3)
    assert overrides.find("video.x.com") == FixedAddress(ip_address("2.2.2.2"), 2)
    assert overrides.find("x.com") == FixedAddress(ip_address("1.1.1.1"), 1)


def test_a_suffix_matches_only_whole_labels_below_it() -> None:
    overrides = HostOverrides({".x.com": "1.1.1.1:1"})
    assert overrides.find("x.com") is None
    assert overrides.find("notx.com") is None
    assert overrides.find("x.com.evil.org") is None
    assert overrides.find("com") is None


@pytest.mark.parametrize(
    "value",
    ["", "1.1.1.1", "1.1.1.1:", "1.1.1.1:0", "1.1.1.1:70000", "localhost:80", "::1:80", "a@1.1.1.1:80", "1.1.1.1:80/x"],
)
def test_an_override_that_is_no_address_with_a_port_is_rejected(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        HostOverrides({"example.com": value})


@pytest.mark.parametrize("key", ["", "."])
def test_an_override_without_a_host_name_is_rejected(key: str) -> None:
    with pytest.raises(ValueError, match="host name"):
        HostOverrides({key: "1.1.1.1:1"})

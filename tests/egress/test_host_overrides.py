"""The operator's fixed addresses."""

from ipaddress import ip_address

import pytest

from boss_bot_core.egress.host_overrides import FixedAddress, HostOverrides


def test_the_most_specific_rule_wins() -> None:
    overrides = HostOverrides({".com": "1.1.1.1:1", ".X.com": "2.2.2.2:2", "api.x.com": "[2001:db8::1]:3"})
    assert overrides.find("api.x.com") == FixedAddress(ip_address("2001:db8::1"), 3)
    assert overrides.find("video.x.com") == FixedAddress(ip_address("2.2.2.2"), 2)
    assert overrides.find("x.com") == FixedAddress(ip_address("1.1.1.1"), 1)


def test_a_suffix_matches_whole_labels_below_it_only() -> None:
    overrides = HostOverrides({".x.com": "1.1.1.1:1"})
    assert overrides.find("x.com") is None
    assert overrides.find("notx.com") is None
    assert overrides.find("x.com.evil.org") is None
    assert overrides.find("com") is None


@pytest.mark.parametrize(
    "value",
    ["", "1.1.1.1", "1.1.1.1:", "1.1.1.1:0", "1.1.1.1:70000", "localhost:80", "::1:80", "a@1.1.1.1:80", "1.1.1.1:80/x"],
)
def test_a_value_is_an_address_with_a_port(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        HostOverrides({"example.com": value})


@pytest.mark.parametrize("key", ["", "."])
def test_a_key_names_a_host(key: str) -> None:
    with pytest.raises(ValueError, match="host name"):
        HostOverrides({key: "1.1.1.1:1"})

"""Tests of the resolver: the addresses that it returns or refuses, with a fake name server."""

import asyncio
from ipaddress import ip_network

import pytest

from boss_bot_core.egress import AddressPolicy
from boss_bot_core.egress._host_lookup import HostOverrides
from boss_bot_core.egress._target import Target
from boss_bot_core.egress.errors import EgressRefusedError, UnreachableError
from boss_bot_core.egress.resolver import ResolvedTarget, Resolver


class FakeNameServer:
    """A name server with fixed answers that records its queries."""

    def __init__(self, **answers: tuple[str, ...]) -> None:
        self.answers = answers
        self.queries: list[str] = []

    async def __call__(self, host: str) -> tuple[str, ...]:
        self.queries.append(host)
        if host == "slow":
            await asyncio.sleep(60)
        if host not in self.answers:
            raise OSError("no such host")
        return self.answers[host]


def build_resolver(name_server: FakeNameServer, *allowed: str, overrides: dict[str, str] | None = None) -> Resolver:
    policy = AddressPolicy(tuple(ip_network(network) for network in allowed))
    return Resolver(policy, HostOverrides(overrides or {}), name_server, 0.05)


async def get_refusal(resolver: Resolver, host: str, port: int = 443) -> str:
    with pytest.raises(EgressRefusedError) as caught:
        await resolver.resolve(Target(host, port))
    return caught.value.code


async def test_every_address_is_returned_in_order() -> None:
    name_server = FakeNameServer(site=("2606:4700::1", "1.1.1.1"))
    assert await build_resolver(name_server).resolve(Target("site", 443)) == ResolvedTarget(
        ("2606:4700::1", "1.1.1.1"), 443
    )


@pytest.mark.parametrize("answer", [("1.1.1.1", "127.0.0.1"), ("10.0.0.1", "1.1.1.1"), ("1.1.1.1", "::ffff:1.1.1.1")])
async def test_a_mixed_answer_is_refused_as_a_whole(answer: tuple[str, ...]) -> None:
    assert await get_refusal(build_resolver(FakeNameServer(site=answer)), "site") in {
        "loopback",
        "private",
        "v4-mapped",
    }


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "1.2.3", "127.0.0.01", "example.0x", "1.2.3.4.5"],
)
async def test_a_disguised_address_is_refused_without_a_lookup(host: str) -> None:
    name_server = FakeNameServer(**{host: ("1.1.1.1",)})
    assert await get_refusal(build_resolver(name_server, "127.0.0.0/8"), host) == "ambiguous-address"
    assert name_server.queries == []


@pytest.mark.parametrize(
    ("host", "reason"), [("127.0.0.1", "loopback"), ("::1", "loopback"), ("fe80::1", "link-local")]
)
async def test_an_ip_literal_is_checked_without_a_lookup(host: str, reason: str) -> None:
    name_server = FakeNameServer()
    assert await get_refusal(build_resolver(name_server), host) == reason
    assert name_server.queries == []


@pytest.mark.parametrize("port", [22, 25, 81, 445, 587, 1023, 2049, 6000, 6667])
async def test_ports_of_other_protocols_are_refused_on_public_addresses(port: int) -> None:
    name_server = FakeNameServer(site=("1.1.1.1",), inside=("10.0.0.1",), both=("10.0.0.1", "1.1.1.1"))
    resolver = build_resolver(name_server, "10.0.0.0/8")
    assert await get_refusal(resolver, "site", port) == "port"
    assert await get_refusal(resolver, "both", port) == "port"
    assert (await resolver.resolve(Target("inside", port))).port == port


@pytest.mark.parametrize("port", [80, 443, 1024, 8080, 8443, 65535])
async def test_web_ports_are_allowed(port: int) -> None:
    assert (await build_resolver(FakeNameServer(site=("1.1.1.1",))).resolve(Target("site", port))).port == port


async def test_an_override_replaces_name_and_port_but_not_the_policy() -> None:
    name_server = FakeNameServer()
    rules = {".x.com": "127.0.0.1:81", "y.com": "1.1.1.1:25"}
    allowed = build_resolver(name_server, "127.0.0.0/8", overrides=rules)
    assert await allowed.resolve(Target("api.x.com", 443)) == ResolvedTarget(("127.0.0.1",), 81)
    assert await allowed.resolve(Target("y.com", 443)) == ResolvedTarget(("1.1.1.1",), 25)
    assert await get_refusal(build_resolver(name_server, overrides=rules), "api.x.com") == "loopback"
    assert name_server.queries == []


@pytest.mark.parametrize("host", ["nowhere", "empty", "slow"])
async def test_a_host_without_an_address_is_unresolvable(host: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        await build_resolver(FakeNameServer(empty=())).resolve(Target(host, 443))
    assert caught.value.code == "unresolvable"

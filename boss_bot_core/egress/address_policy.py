"""`AddressPolicy`: decides which addresses a download may reach.

Allowed are public addresses and the private networks that the operator named. The policy is pure and separate from the
proxy, so that the rule that keeps a link from reaching the operator's network is one short function with a table of
tests.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import attrs

from boss_bot_core.egress._special_ranges import (
    NAT64_WELL_KNOWN,
    V4_COMPATIBLE,
    V4_RANGES,
    V6_GLOBAL_UNICAST,
    V6_RANGES,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@attrs.frozen
class AddressPolicy:
    """Refuses every address that is neither public nor in an allowed network.

    Attributes:
        allowed_private_networks: Networks that are allowed although they are not public. An IPv4 network also allows
            its v4-mapped IPv6 form; a transition network (NAT64, 6to4, Teredo) allows only those of its addresses whose
            embedded IPv4 addresses are allowed as well.
    """

    allowed_private_networks: tuple[Network, ...] = ()

    def find_refusal(self, address: str | Address) -> str | None:
        """Return the reason why an address must not be reached.

        Args:
            address: An IP literal, or an address object.

        Returns:
            The reason, such as ``loopback``; None if the address may be reached; ``not-an-address`` for other text.
        """
        try:
            parsed = ip_address(address)
        except ValueError:
            return "not-an-address"
        if isinstance(parsed, IPv4Address):
            return None if self.is_allowed_private(parsed) else _find_special_v4_range(parsed)
        return self._find_v6_refusal(parsed)

    def is_allowed_private(self, address: str | Address) -> bool:
        """Tell whether one of the operator's allowed networks contains an address."""
        parsed = ip_address(address)
        if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
            parsed = parsed.ipv4_mapped
        return any(parsed.version == network.version and parsed in network for network in self.allowed_private_networks)

    def _find_v6_refusal(self, address: IPv6Address) -> str | None:
        if not self.is_allowed_private(address):
            return _find_special_v6_range(address)
        if address.ipv4_mapped is not None:
            return None
        # Allowing a tunnel's network does not allow the addresses at the tunnel's other end.
        reasons = (self.find_refusal(embedded) for embedded in _find_embedded_v4(address))
        return next((reason for reason in reasons if reason is not None), None)


def _find_special_v4_range(address: IPv4Address) -> str | None:
    named = next((reason for network, reason in V4_RANGES if address in network), None)
    return named or (None if address.is_global else "reserved")


def _find_special_v6_range(address: IPv6Address) -> str | None:
    named = next((reason for network, reason in V6_RANGES if address in network), None)
    return named or (None if address in V6_GLOBAL_UNICAST and address.is_global else "reserved")


def _find_embedded_v4(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses that receive a packet sent to this transition address."""
    if address.teredo is not None:
        return address.teredo
    if address.sixtofour is not None:
        return (address.sixtofour,)
    low = int(address) & 0xFFFF_FFFF
    # ::1 lies in the v4-compatible range without being one.
    if address in NAT64_WELL_KNOWN or (address in V4_COMPATIBLE and low > 1):
        return (IPv4Address(low),)
    return ()

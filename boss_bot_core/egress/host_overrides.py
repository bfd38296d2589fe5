"""`HostOverrides`: hosts that the proxy connects to at a fixed address instead of the one that DNS returns.

This corresponds to curl's ``--connect-to``. TLS still verifies the host's own name, so a substitute server needs a
certificate that the engines trust.
"""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import attrs


@attrs.frozen
class FixedAddress:
    """The address that replaces an overridden host.

    Attributes:
        address: The IP address; the address policy still applies to it.
        port: TCP port, which replaces the requested port.
    """

    address: IPv4Address | IPv6Address
    port: int

    @classmethod
    def parse(cls, text: str) -> "FixedAddress":
        """Parse ``ip:port`` or ``[ipv6]:port``.

        Raises:
            ValueError: The text is not an IP literal with a port.
        """
        parts = urlsplit(f"//{text}")
        if not parts.hostname or not parts.port or parts.netloc != text or parts.username is not None:
            raise ValueError(f"not an ip:port: {text!r}")
        return cls(ip_address(parts.hostname), parts.port)


class HostOverrides:
    """Finds a host's fixed address; the most specific rule applies.

    A key is a host name, or a ``.suffix`` that matches every name below it but not the bare domain itself.
    """

    def __init__(self, rules: Mapping[str, str]) -> None:
        """Parse the rules.

        Raises:
            ValueError: A value is not ``ip:port``, or a key is empty.
        """
        if not all(key.strip(".") for key in rules):
            raise ValueError("an override needs a host name or a .suffix")
        self._rules = {key.lower(): FixedAddress.parse(value) for key, value in rules.items()}

    def find(self, host: str) -> FixedAddress | None:
        """Return the fixed address of a lower-case host name, or None."""
        if host in self._rules:
            return self._rules[host]
        labels = host.split(".")
        suffixes = ("." + ".".join(labels[start:]) for start in range(1, len(labels)))
        return next((self._rules[suffix] for suffix in suffixes if suffix in self._rules), None)

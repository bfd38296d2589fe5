"""Parsers of network settings and tables: allowed networks, and host overrides by host name.

The text of a parser's `ValueError` ends the sentence "expected …", which is shown to the operator. Each parser also
accepts the value that it returns.
"""

import contextlib
import ipaddress
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_HOST = re.compile(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*", re.ASCII)
_ENDPOINT = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<v4>[0-9.]+)):(?P<port>\d{1,5})", re.ASCII | re.IGNORECASE)
_LAST_PORT = 65_535


def parse_networks(value: object) -> tuple[IpNetwork, ...]:
    """Return networks from CIDR texts in an array, or separated by commas."""
    parts = value.split(",") if isinstance(value, str) else value
    expected = "networks such as 127.0.0.0/8, as an array or separated by commas"
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str | IpNetwork) for part in parts):
        raise ValueError(expected)
    try:
        return tuple(ipaddress.ip_network(str(part).strip()) for part in parts if str(part).strip())
    except ValueError:
        raise ValueError(expected) from None


def parse_table(value: object, *, entry: str) -> dict[str, object]:
    """Return a table from a TOML table, or from a text `name=value,name=value`.

    Args:
        value: The written value.
        entry: An example entry for the error.
    """
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return dict(value)
    parts = value.split(",") if isinstance(value, str) else [""]
    pairs = [part.partition("=") for part in parts if part.strip() or parts != [value]]
    if not all(sign and name.strip() and text.strip() for name, sign, text in pairs):
        raise ValueError(f"a table, or pairs separated by commas such as {entry}")
    return {name.strip(): text.strip() for name, _, text in pairs}


def parse_endpoint(value: object, host: str) -> str:
    """Return the address and port to dial for `host`."""
    found = _ENDPOINT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found and 1 <= int(found["port"]) <= _LAST_PORT:
        with contextlib.suppress(ValueError):
            ipaddress.ip_address(found["v6"] or found["v4"])
            return found[0]
    raise ValueError(f"an address and port such as 127.0.0.1:8443 or [::1]:8443 for {host}")


def parse_endpoints(value: object) -> Mapping[str, str]:
    """Return addresses to dial by lower-case host name; a name with a leading dot stands for all its subdomains."""
    table = {host.lower(): text for host, text in parse_table(value, entry="x.com=127.0.0.1:8443").items()}
    invalid = [host for host in table if not _HOST.fullmatch(host)]
    if invalid:
        raise ValueError(f"host names such as x.com or .x.com, not {invalid[0]!r}")
    return MappingProxyType({host: parse_endpoint(text, host) for host, text in table.items()})


Networks = Annotated[tuple[IpNetwork, ...], parse_networks]
Endpoints = Annotated[Mapping[str, str], parse_endpoints]

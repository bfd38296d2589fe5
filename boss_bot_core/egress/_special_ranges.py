"""Tables of the address ranges that are not public internet, each with the reason that a refusal names.

They follow IANA's two special-purpose registries. They are spelled out because ``ipaddress.is_global`` changed its
answers between Python 3.11, 3.12 and 3.13, and because a refusal should name the rule that applied.
"""

from ipaddress import IPv4Network, IPv6Network
from typing import Final

# Order matters: the first match names the reason, so narrow ranges come before the ones that contain them.
_V4: Final = {
    "0.0.0.0/8": "unspecified",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "carrier-nat",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "reserved",
    "192.52.193.0/24": "reserved",
    "192.88.99.0/24": "6to4",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "reserved",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "255.255.255.255/32": "broadcast",
    "240.0.0.0/4": "reserved",
}

_V6: Final = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "v4-mapped",
    "::/96": "v4-compatible",
    "64:ff9b::/96": "nat64",
    "64:ff9b:1::/48": "nat64",
    "100::/64": "discard",
    "2001::/32": "teredo",
    "2001:2::/48": "benchmarking",
    "2001::/23": "reserved",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "reserved",
    "3fff::/20": "documentation",
    "5f00::/16": "reserved",
    "fc00::/7": "unique-local",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}

V4_RANGES: Final = tuple((IPv4Network(network), reason) for network, reason in _V4.items())
V6_RANGES: Final = tuple((IPv6Network(network), reason) for network, reason in _V6.items())

# Everything that IANA has handed out as global unicast so far; the rest of the IPv6 space is reserved.
V6_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
NAT64_WELL_KNOWN: Final = IPv6Network("64:ff9b::/96")
V4_COMPATIBLE: Final = IPv6Network("::/96")

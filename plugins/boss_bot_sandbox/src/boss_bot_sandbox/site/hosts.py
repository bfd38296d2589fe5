"""The host names of the site: the public names that it stands in for, and the addresses that its posts link to.

The names are the one list for the certificate and for the proxy's overrides: a name that only one of the two knew
would fail as a TLS error inside an engine, far from its cause.
"""

from typing import Final

import trustme

DOMAINS: Final = (
    "x.com", "twitter.com", "twimg.com", "t.co", "fxtwitter.com", "vxtwitter.com",
    "reddit.com", "redd.it", "redditmedia.com", "redditstatic.com",
    "example.com", "example.net", "example.org",
)  # fmt: skip
"""Domains served together with every one-label subdomain."""

DEEP_HOSTS: Final = ("cdn.syndication.twimg.com", "a.thumbs.redditmedia.com", "b.thumbs.redditmedia.com")
"""Hosts two labels below their domain, which a wildcard certificate does not cover."""

FILE_HOST: Final = "https://media.example.com"
"""Base address of the plain file routes, used by samples and as the other host of external links."""

METADATA_ADDRESS: Final = "http://169.254.169.254/latest/meta-data/"
"""The address at which cloud machines read their secrets: no engine may ever reach it."""

LOCAL_NAMES: Final = ("localhost", "127.0.0.1")


def certificate_names() -> tuple[str, ...]:
    """Return every name the certificate covers, wildcards included."""
    wildcards = tuple(f"*.{domain}" for domain in DOMAINS)
    return (*DOMAINS, *wildcards, *DEEP_HOSTS, *LOCAL_NAMES)


def issue_certificate(authority: trustme.CA) -> trustme.LeafCert:
    """Issue the certificate that the site uses for all its names."""
    return authority.issue_cert(*certificate_names())


def host_overrides(https_port: int) -> dict[str, str]:
    """Return host pattern -> ``127.0.0.1:port``; a leading dot stands for every subdomain."""
    target = f"127.0.0.1:{https_port}"
    return {pattern: target for domain in DOMAINS for pattern in (domain, f".{domain}")}

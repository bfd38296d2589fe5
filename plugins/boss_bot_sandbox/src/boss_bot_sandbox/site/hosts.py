"""The public host names the site stands in for: one list for the certificate and for the proxy's overrides.

It exists apart because a name that is in one of the two and not in the other fails far away, as a TLS error
inside an engine.
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
"""Hosts two labels deep: a wildcard certificate does not reach them."""

LOCAL_NAMES: Final = ("localhost", "127.0.0.1")


def certificate_names() -> tuple[str, ...]:
    """Return every name the certificate covers, wildcards included."""
    wildcards = tuple(f"*.{domain}" for domain in DOMAINS)
    return (*DOMAINS, *wildcards, *DEEP_HOSTS, *LOCAL_NAMES)


def issue_certificate(authority: trustme.CA) -> trustme.LeafCert:
    """Issue the one certificate that the site shows for all its names."""
    return authority.issue_cert(*certificate_names())


def host_overrides(https_port: int) -> dict[str, str]:
    """Return host pattern -> ``127.0.0.1:port``; a pattern with a leading dot means every subdomain."""
    target = f"127.0.0.1:{https_port}"
    return {pattern: target for domain in DOMAINS for pattern in (domain, f".{domain}")}

"""Which ports a download may use on the public internet.

Apart from the addresses because the operator's own networks and fixed addresses are exempt: a media server there may
listen anywhere, while a public address on port 25 or 6667 is somebody's mail or chat server and never a file.
"""

from typing import Final

_WEB_PORTS: Final = frozenset({80, 443})

# The Fetch standard's blocked ports above 1023: SIP, NFS, X11, IRC and others that can be talked to by accident.
_OTHER_PROTOCOLS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}
)


def refused_port(port: int) -> str | None:
    """Say why a port of a public address must not be used; None when it may.

    Allowed are 80, 443 and everything from 1024 up that no browser blocks.
    """
    if port in _WEB_PORTS or (port >= 1024 and port not in _OTHER_PROTOCOLS):
        return None
    return "port"

"""`Target`: the host, port and path of a proxy request, parsed from its request target, and the port rule.

Parsing is separate from the connection because hosts are written in many forms (decimal, octal, hexadecimal, zone ids,
userinfo), and each form has to be refused or parsed exactly as the connecting code will.

The port rule is separate from the address policy because the operator's own networks and fixed addresses are exempt: a
media server there may listen on any port, while a public address on port 25 or 6667 is a mail or chat server and never
a file.
"""

import re
from ipaddress import AddressValueError, IPv6Address
from typing import Final

import attrs
import h11

from boss_bot_core.egress.errors import BadRequestError

_AUTHORITY: Final = re.compile(
    r"(?:\[(?P<v6>[0-9A-Fa-f:.]{2,45})\]|(?P<name>[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253})?))(?::(?P<port>[0-9]{1,5}))?"
)
_ABSOLUTE: Final = re.compile(r"http://(?P<authority>[^/?#]+)(?P<rest>[^#]*)(?:#.*)?", re.IGNORECASE)


@attrs.frozen
class Target:
    """The host, port and path that a request names.

    Attributes:
        host: Lower-case host name or IP literal, without brackets and without a trailing dot.
        port: TCP port, 1 to 65535.
        path: Path and query in origin form; empty for CONNECT.
    """

    host: str
    port: int
    path: str = ""

    @property
    def authority(self) -> str:
        """The Host header of a plain HTTP request to this target."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 80 else f"{host}:{self.port}"


def read_target(request: h11.Request) -> Target:
    """Return the target of a request.

    Raises:
        BadRequestError: The target, the HTTP version or the body's framing is none that a forward proxy accepts.
    """
    text = request.target.decode("ascii")
    if request.method == b"CONNECT":
        return parse_authority(text)
    if request.http_version != b"1.1":
        # Older clients cannot parse a chunked response; no engine uses an older version.
        raise BadRequestError("http-version", status=505)
    if {b"transfer-encoding", b"content-length"} <= {name for name, _ in request.headers}:
        # Two parsers may disagree about where such a body ends.
        raise BadRequestError("framing")
    return parse_absolute(text)


def parse_authority(text: str) -> Target:
    """Parse the target of a CONNECT request.

    Raises:
        BadRequestError: The text is not ``host:port``.
    """
    return _build_target(text, default_port=None)


def parse_absolute(text: str) -> Target:
    """Parse the target of a plain HTTP request, ``http://host[:port]/path``; userinfo and fragment are dropped.

    Raises:
        BadRequestError: The text has another form or another scheme.
    """
    match = _ABSOLUTE.fullmatch(text)
    if match is None:
        raise BadRequestError("target")
    target = _build_target(match["authority"].rpartition("@")[2], default_port=80)
    rest = match["rest"]
    return attrs.evolve(target, path=rest if rest.startswith("/") else f"/{rest}")


def _build_target(text: str, *, default_port: int | None) -> Target:
    match = _AUTHORITY.fullmatch(text)
    if match is None:
        raise BadRequestError("target")
    port = int(match["port"]) if match["port"] else default_port
    if port is None or not 0 < port < 65536:
        raise BadRequestError("target")
    if match["v6"] is None:
        return Target(match["name"].lower().removesuffix("."), port)
    try:
        return Target(str(IPv6Address(match["v6"])), port)
    except AddressValueError as exc:
        raise BadRequestError("target") from exc


_WEB_PORTS: Final = frozenset({80, 443})

# The Fetch standard's blocked ports above 1023: SIP, NFS, X11, IRC and other protocols that an HTTP request could reach
# by accident.
_NON_WEB_PORTS: Final = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}
)


def find_port_refusal(port: int) -> str | None:
    """Return the reason why a port of a public address must not be used; None if it may be used.

    Allowed are 80, 443 and every port from 1024 up that no browser blocks.
    """
    if port in _WEB_PORTS or (port >= 1024 and port not in _NON_WEB_PORTS):
        return None
    return "port"

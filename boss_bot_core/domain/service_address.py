"""`ServiceAddress`: where a local service, such as a virus scanner, listens."""

import ipaddress
from pathlib import Path
from typing import Self

import attrs

_EXPECTED = (
    "a socket's path such as /run/service.sock, or an IP address with a port such as 127.0.0.1:3310; "
    "host names are not looked up"
)


@attrs.frozen(kw_only=True)
class ServiceAddress:
    """The address of a service: the path of its Unix socket, or an IP address with a TCP port.

    A worker looks up no names, so a host name is none; "localhost" alone stands for 127.0.0.1.

    Attributes:
        path: Absolute path of the Unix socket; None for TCP.
        host: IP address; empty for a Unix socket.
        port: TCP port; 0 for a Unix socket.
    """

    path: Path | None = None
    host: str = ""
    port: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the address that a text such as `/run/clamav/clamd.ctl` or `[::1]:3310` names.

        Raises:
            ValueError: The text is no address; the error's text ends the sentence "expected …".
        """
        if text.startswith("/"):
            return cls(path=Path(text))
        host, _, port = text.rpartition(":")
        host = "127.0.0.1" if host == "localhost" else host.removeprefix("[").removesuffix("]")
        if not (port.isascii() and port.isdecimal() and 0 < int(port) <= 65_535 and _is_ip_address(host)):
            raise ValueError(_EXPECTED)
        return cls(host=str(ipaddress.ip_address(host)), port=int(port))

    def __str__(self) -> str:
        """Return the text that `parse` reads."""
        if self.path is not None:
            return str(self.path)
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _is_ip_address(text: str) -> bool:
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False

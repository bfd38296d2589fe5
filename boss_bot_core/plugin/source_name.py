"""The name of a file as its server tells it: the last part of its address, or a better one in `Content-Disposition`."""

from collections.abc import Mapping
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Any
from urllib.parse import unquote, urlsplit


def get_address_name(url: str) -> str:
    """Return the last part of an address's path, decoded, or an empty text; untrusted."""
    return unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])


def find_source_name(url: str, headers: Mapping[str, str]) -> str:
    """Return the name that the server suggests for saving the file, or else the name in its address; untrusted.

    Args:
        url: Address of the file.
        headers: Header fields of the response that brought the file, looked up case-insensitively; empty if they are
            unknown.
    """
    return _read_suggested_name(headers.get("Content-Disposition") or "") or get_address_name(url)


def _read_suggested_name(disposition: str) -> str:
    message = Message()
    message["Content-Disposition"] = _decode_header(disposition)
    names: list[Any] = [value for key, value in message.get_params([], "Content-Disposition") if key == "filename"]
    # RFC 6266: of two names the encoded one, which is a tuple here, has every character.
    best = next((name for name in names if isinstance(name, tuple)), next(iter(names), ""))
    return collapse_rfc2231_value(best).replace("\\", "/").rpartition("/")[2].strip(" .")


def _decode_header(value: str) -> str:
    """Return a header's text: HTTP libraries read bytes as Latin-1, and servers send UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value

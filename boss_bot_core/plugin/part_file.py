"""An incomplete file on disk, and the validator with which a later request may continue it.

The file behind an address can change between two requests. A part is therefore continued only when the server confirms
that it still has the same file: the request carries `If-Range`, and the response has the same validator and total size.
Everything else means: from the start. The engines share these rules; each tells them its requests and responses.
"""

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import attrs

_SUFFIX: Final = ".validator"
_CONTENT_RANGE: Final = re.compile(r"bytes (?P<start>\d+)-\d+/(?P<size>\d+)")
_RANGE_START: Final = re.compile(r"bytes=(?P<start>\d+)-")


def parse_range_start(value: str | None) -> int:
    """Return the first byte that a `Range` header asks for; 0 without a header."""
    found = _RANGE_START.match(value or "")
    return int(found["start"]) if found else 0


@attrs.frozen
class _Validator:
    """What identifies the remote file: the value for `If-Range`, and the size of the whole file in bytes."""

    value: str
    size_bytes: int

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> "_Validator | None":
        """Return the validator of a response that starts at the first byte, or None if it has no strong one."""
        if headers.get("Content-Encoding", "identity") != "identity":
            return None  # the bytes on disk are not the bytes that Range counts
        found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
        size = found["size"] if found else headers.get("Content-Length", "")
        value = _read_strong_value(headers)
        return cls(value, int(size)) if value and size.isdecimal() else None


def _read_strong_value(headers: Mapping[str, str]) -> str | None:
    """Return the value that RFC 9110 (13.1.5) allows in `If-Range`: a strong entity tag, else a date that is strong."""
    if tag := headers.get("ETag"):
        return tag if tag.startswith('"') else None
    try:
        modified = headers["Last-Modified"]
        age = parsedate_to_datetime(headers["Date"]) - parsedate_to_datetime(modified)
    except (KeyError, TypeError, ValueError):
        return None
    # Two versions that were written within the same second have the same date.
    return modified if age.total_seconds() >= 1 else None


class PartFile:
    """A part, with its validator in a file beside it.

    Args:
        path: Path of the part.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._validator_path = path.with_name(path.name + _SUFFIX)

    def find_validator(self, offset: int) -> str | None:
        """Return the value of `If-Range` for a request from byte `offset`, or None: then ask for the whole file."""
        saved = self._load()
        return saved.value if saved and offset < saved.size_bytes else None

    def build_conditions(self) -> dict[str, str]:
        """Return the header of a request for a changed file only (304), empty without an entity tag.

        A date does not identify a file: another file, which is older, would be taken for the same one.
        """
        saved = self._load()
        return {"If-None-Match": saved.value} if saved and saved.value.startswith('"') else {}

    def is_continued_by(self, offset: int, status: int, headers: Mapping[str, str]) -> bool:
        """Return whether a response to a request from byte `offset` continues this part."""
        saved = self._load()
        found = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
        if status != 206 or saved is None or found is None:
            return False
        is_same_range = (int(found["start"]), int(found["size"])) == (offset, saved.size_bytes)
        # A server may leave the date out of such a response, but not the entity tag.
        name, default = ("ETag", None) if saved.value.startswith('"') else ("Last-Modified", saved.value)
        return is_same_range and headers.get(name, default) == saved.value

    def start(self, headers: Mapping[str, str]) -> None:
        """Discard the part and keep the validator of the response whose body begins a new one."""
        # In this order: at no moment old bytes stand beside the new validator.
        self.discard()
        if validator := _Validator.from_headers(headers):
            self._validator_path.write_text(json.dumps(attrs.asdict(validator)))

    def discard(self) -> None:
        """Delete the part and its validator."""
        self._path.unlink(missing_ok=True)
        self.forget_validator()

    def forget_validator(self) -> None:
        """Delete the validator; call it when the file is complete."""
        self._validator_path.unlink(missing_ok=True)

    def _load(self) -> _Validator | None:
        try:
            return _Validator(**json.loads(self._validator_path.read_text()))
        except (OSError, ValueError, TypeError):
            return None

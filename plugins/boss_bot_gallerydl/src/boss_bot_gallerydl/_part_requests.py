"""Requests for the rest of an incomplete file: they carry the file's validator, or ask for the whole file.

gallery-dl sends `Range` alone, appends whatever a 206 response brings, and takes a 416 response for the end of a file.
"""

from collections.abc import Callable

import requests

from boss_bot_core.plugin import PartFile, parse_range_start
from boss_bot_gallerydl._traffic import TrafficRecord

_OK = 200
_RANGE_NOT_SATISFIABLE = 416
_PARTIAL = 206

Send = Callable[[requests.PreparedRequest], requests.Response]


def send_for_part(request: requests.PreparedRequest, traffic: TrafficRecord, send: Send) -> requests.Response:
    """Send the request of a file, and repeat it from the first byte if the response does not continue the part.

    Args:
        request: The request; its headers are changed.
        traffic: Names the part, and learns whether it was continued.
        send: Sends a request once.
    """
    if traffic.find_part is None:
        return send(request)
    part = traffic.find_part()
    offset = _add_validator(request, part)
    response = send(request)
    if offset and response.status_code in {_PARTIAL, _RANGE_NOT_SATISFIABLE}:
        if part.is_continued_by(offset, response.status_code, response.headers):
            traffic.is_resumed = True
            return response
        response.close()
        _ask_for_all(request)
        response = send(request)
    if response.status_code == _OK:
        part.start(response.headers)
    return response


def _add_validator(request: requests.PreparedRequest, part: PartFile) -> int:
    """Add `If-Range` to the request and return its first byte; without a validator, ask for the whole file."""
    offset = parse_range_start(str(request.headers.get("Range", "")))
    if offset and (validator := part.find_validator(offset)):
        request.headers["If-Range"] = validator
        return offset
    _ask_for_all(request)
    return 0


def _ask_for_all(request: requests.PreparedRequest) -> None:
    for name in ("Range", "If-Range"):
        request.headers.pop(name, None)

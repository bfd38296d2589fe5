"""What was seen on the wire while the engine ran.

gallery-dl swallows most failures into a log line and a status bit, so the reason of a failure is read off the traffic
itself: the last answer, the last broken connection, and what the egress proxy refused.
"""

from collections.abc import Mapping

import attrs


@attrs.frozen(kw_only=True)
class Answer:
    """The head of an HTTP answer.

    Attributes:
        host: Host that answered.
        status: HTTP status.
        headers: Header fields, looked up case-insensitively.
        body: Start of the body of a page or an API's answer, empty for a file; the site's own words, untrusted.
    """

    host: str
    status: int
    headers: Mapping[str, str]
    body: str = ""

    @property
    def size_bytes(self) -> int | None:
        """Size of the whole file that the answer announces, in bytes."""
        whole = self.headers.get("Content-Range", "").rpartition("/")[2] or self.headers.get("Content-Length", "")
        return int(whole) if whole.isdecimal() else None


@attrs.define(kw_only=True)
class Evidence:
    """What happened on the wire since the last `forget`.

    Attributes:
        answer: The last answer.
        broken: The last failure to get one, unless an answer came after it.
        refused: Why the egress proxy refused a request (its short reason).
        notes: What the engine logged as a warning or an error; may quote addresses, so it is for the log only.
    """

    answer: Answer | None = None
    broken: Exception | None = None
    refused: str | None = None
    notes: list[str] = attrs.field(factory=list)

    @property
    def status(self) -> int:
        """Status of the last answer; 0 when the last thing was none."""
        return self.answer.status if self.answer and not self.broken else 0

    def saw(self, answer: Answer) -> None:
        """Take note of an answer."""
        self.answer, self.broken = answer, None

    def forget(self) -> None:
        """Begin anew, before the next file."""
        self.answer = self.broken = self.refused = None
        self.notes.clear()

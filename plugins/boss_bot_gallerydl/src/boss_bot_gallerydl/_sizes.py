"""The size of a file before it is fetched."""

from typing import Any

from boss_bot_gallerydl.evidence import Evidence


def remote_size(extractor: Any, evidence: Evidence, url: str) -> int | None:  # noqa: ANN401 - gallery-dl ships no types
    """Ask a site for the size of a file, in bytes; None when it does not say.

    Args:
        extractor: gallery-dl's extractor, for its session.
        evidence: Is left as it was: a question's refusal says nothing about the file.
        url: Where the file is.
    """
    before = evidence.answer, evidence.broken
    response = extractor.request(url, method="HEAD", fatal=False, retries=0, interval=False)
    evidence.answer, evidence.broken = before
    length = response.headers.get("Content-Length", "") if response.status_code == 200 else ""
    return int(length) if length.isdecimal() else None

"""Files that are two things at once: media for a decoder, and something else for a browser, a reader or an unpacker."""

import mmap
import re
import zipfile
from pathlib import Path

# Put together here, so that a scanner does not take this source for the sample.
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
# A browser that guesses types reads 1,445 bytes; a PDF reader looks for its mark in the first 1,024.
_SNIFFED_BYTES = 2048
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe)[\s>/]|<\?php", re.IGNORECASE)
_DIRECTORY = b"PK\x01\x02"


def second_nature(path: Path) -> str | None:
    """Return what the media file at `path` is besides, or None. The file must not be empty."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        head = content[:_SNIFFED_BYTES]
        if content.find(_EICAR) >= 0:
            return "malware's test file"
        if _PAGE.search(head):
            return "a web page"
        if b"%PDF-" in head[:1024]:
            return "a PDF document"
        # The end mark alone is four bytes, which chance puts into one video of some thousands.
        if content.rfind(_DIRECTORY) >= 0 and zipfile.is_zipfile(path):
            return "an archive"
    return None

"""Secrets are taken out of everything that is logged: the ones that are known, and whatever looks like one.

Apart from the sinks, so that each of them is handed text that is already clean.
"""

import json
import re
from collections.abc import Mapping
from urllib.parse import quote

HIDDEN = "***"
_MIN_LENGTH = 6
"""Shorter texts stand in too many words to be taken out; no secret worth the name is that short."""

# Every repetition has an end: a stranger's text must not keep the pattern busy.
_KEYS = r"(?:[\w-]{0,30}(?:authorization|cookies?|passw(?:or)?d|secret|api[_-]?key|token)|ct0|sessionid)"
_SECRET_KEY = re.compile(_KEYS, re.IGNORECASE)
_PATTERNS = (
    # user:password in an address: proxies, databases
    (re.compile(r"([a-z][a-z0-9+.-]{0,20}://)[^\s/]+@", re.IGNORECASE), rf"\1{HIDDEN}@"),
    # a header on a line of its own, then one as Python or JSON writes it
    (re.compile(r"\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)[^\s'\"].*", re.IGNORECASE), rf"\1\2{HIDDEN}"),
    (re.compile(rf"(['\"]{_KEYS}['\"]\s*[:,=]\s*b?)(['\"])(?:\\.|(?!\2).)*\2", re.IGNORECASE), rf"\1\2{HIDDEN}\2"),
    (re.compile(rf"\b({_KEYS}=)(['\"]?)[^\s'\"&;,)}}\]]+", re.IGNORECASE), rf"\1\2{HIDDEN}"),
    (re.compile(r"\b(bearer|basic|bot)\s+[\w.~+/=-]{12,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # a Discord token: an id, a time and a signature in base 64
    (re.compile(r"\b[\w-]{20,30}\.[\w-]{6,8}\.[\w-]{25,}"), HIDDEN),
)


class Redactor:
    """Takes secrets out of texts and values."""

    def __init__(self, *secrets: str) -> None:
        self._known: re.Pattern[str] | None = None
        self._spellings: set[str] = set()
        self.add_secrets(*secrets)

    def add_secrets(self, *secrets: str) -> None:
        """Hide further secrets from now on, in every spelling in which a text may show them."""
        for secret in secrets:
            for text in {secret, secret.strip()}:
                spellings = (text, repr(text)[1:-1], json.dumps(text)[1:-1], quote(text, safe=""), quote(text))
                self._spellings |= {spelling for spelling in spellings if len(spelling) >= _MIN_LENGTH}
        if self._spellings:
            # The longest first: one secret may begin with another.
            longest_first = sorted(self._spellings, key=len, reverse=True)
            self._known = re.compile("|".join(map(re.escape, longest_first)))

    def redact(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def redact_value(self, value: object, key: str = "") -> object:
        """Return a value as JSON knows it, without secrets; under a key that names a secret, nothing of it."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if _SECRET_KEY.fullmatch(key):
            return HIDDEN
        if isinstance(value, Mapping):
            return {self.redact(str(name)): self.redact_value(item, str(name)) for name, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.redact_value(item) for item in value]
        return self.redact(str(value))

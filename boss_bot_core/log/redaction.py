"""The redaction of secrets in everything that is logged: known secrets, and text that looks like a secret.

It is separate from the sinks, so that each sink receives text that is already redacted.
"""

import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from boss_bot_core.domain.secret import MIN_SECRET_LENGTH

HIDDEN = "***"

# Every repetition is bounded, so that untrusted text cannot make the matching slow.
_KEYS = r"(?:[\w-]{0,30}(?:authorization|cookies?|passw(?:or)?d|secret|api[_-]?key|token)|ct0|sessionid)"
_SECRET_KEY = re.compile(_KEYS, re.IGNORECASE)
_PATTERNS = (
    # user:password in an address of a proxy or database
    (re.compile(r"([a-z][a-z0-9+.-]{0,20}://)[^\s/]+@", re.IGNORECASE), rf"\1{HIDDEN}@"),
    # a header on its own line, then a header in the notation of Python or JSON
    (re.compile(r"\b((?:proxy-)?authorization|(?:set-)?cookie)(\s*:\s*)[^\s'\"].*", re.IGNORECASE), rf"\1\2{HIDDEN}"),
    (re.compile(rf"(['\"]{_KEYS}['\"]\s*[:,=]\s*b?)(['\"])(?:\\.|(?!\2).)*\2", re.IGNORECASE), rf"\1\2{HIDDEN}\2"),
    (re.compile(rf"\b({_KEYS}=)(['\"]?)[^\s'\"&;,)}}\]]+", re.IGNORECASE), rf"\1\2{HIDDEN}"),
    (re.compile(r"\b(bearer|basic|bot)\s+[\w.~+/=-]{12,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # a Discord token: an id, a time and a signature in base64
    (re.compile(r"\b[\w-]{20,30}\.[\w-]{6,8}\.[\w-]{25,}"), HIDDEN),
)


class Redactor:
    """Removes secrets from texts and values."""

    def __init__(self, *secrets: str) -> None:
        self.forget_secrets()
        self.add_secrets(*secrets)

    def forget_secrets(self) -> None:
        """Redact only text that looks like a secret."""
        self._known: re.Pattern[str] | None = None
        self._spellings: set[str] = set()

    def add_secrets(self, *secrets: str) -> None:
        """Redact these secrets from now on, in every spelling that a text may contain: plain, escaped, URL-encoded."""
        for secret in secrets:
            for text in {secret, secret.strip()}:
                spellings = (text, repr(text)[1:-1], json.dumps(text)[1:-1], quote(text, safe=""), quote(text))
                self._spellings |= {spelling for spelling in spellings if len(spelling) >= MIN_SECRET_LENGTH}
        if self._spellings:
            # The longest spelling first, because one secret may start with another.
            longest_first = sorted(self._spellings, key=len, reverse=True)
            self._known = re.compile("|".join(map(re.escape, longest_first)))

    def redact(self, text: str) -> str:
        """Return `text` with every secret replaced."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def redact_value(self, value: object, key: str = "") -> object:
        """Return a value that JSON can represent, without secrets; the value of a key that names a secret is hidden."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if _SECRET_KEY.fullmatch(key):
            return HIDDEN
        if isinstance(value, Mapping):
            return {self.redact(str(name)): self.redact_value(item, str(name)) for name, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.redact_value(item) for item in value]
        return self.redact(str(value))

"""Random text as careless users and attackers type it: the same for the same seed."""

import random
import string
import unicodedata

LONGEST = 1800

_LIVE = (
    "@everyone", "@here", "<@1>", "<@&1>", "<#1>", "<t:1:R>", "<a:b:1>", "</dl:1>", "discord.gg/abc",
    "```", "`", "||", "**", "__", "~~", "> ", "# ", "[a](https://b.example)", "\\", "-# ",
    "\u202e", "\u202c", "\u2066", "\u200b", "\u200d", "\ufeff", "\u0301" * 40, "\x1b[31m", "\x07", "\r\n", "\n", "\t",
    "{0}", "{}", "{self}", "%s", "%n", "$dl", "$", "'; DROP TABLE download_items; --", "../../etc/passwd", "$(id)",
    "all", "none", "add", "default", "high", "help", "server", "sites", "members-bar", "level", "role", "size", "-1",
    "0", "9" * 400, "1e999", "NaN", "²", "٣", "true", "null", "ﬁ", "İ", "ß", "👩‍👩‍👧‍👦", "🏳️‍🌈", "e\u0301",
    "http://", "https://", "http://[::1", "https://user:word@a.example/", "javascript:alert(1)", "ftp://a.example/b",
    "https://a.example:99999/", "http://%00/", "https://../", "file:///etc/passwd", "https://x.com", "https://x.com/i/",
)  # fmt: skip
"""None of them is a link that could be downloaded."""


def random_text(seed: str) -> str:
    """Return one text of up to `MAX_LENGTH` characters, never only spaces."""
    rng = random.Random(seed)
    parts = [rng.choice((_live, _word, _letters, _any))(rng) for _ in range(rng.choice((1, 1, 2, 3, 5, 20)))]
    return rng.choice(("", " ", "\n")).join(parts)[:LONGEST].strip() or "?"


def _live(rng: random.Random) -> str:
    return rng.choice(_LIVE)


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_letters + string.digits, k=rng.randint(1, 12)))


def _letters(rng: random.Random) -> str:
    return rng.choice(string.printable) * rng.choice((1, 2, 100))


def _any(rng: random.Random) -> str:
    points = (rng.randrange(1, 0x110000) for _ in range(rng.randint(1, 30)))
    # Half a surrogate pair cannot be sent as JSON in UTF-8.
    return "".join(char for char in map(chr, points) if unicodedata.category(char) != "Cs")

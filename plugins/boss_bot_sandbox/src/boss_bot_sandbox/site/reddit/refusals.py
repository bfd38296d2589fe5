"""How Reddit says no, worded as it words it."""

from typing import Final

from boss_bot_sandbox.site.reddit.model import Refusal

PRIVATE: Final = Refusal(status=403, body={"reason": "private", "message": "Forbidden", "error": 403})
QUARANTINED: Final = Refusal(
    status=403,
    body={"reason": "quarantined", "message": "Forbidden", "error": 403, "quarantine_message": "Sandbox quarantine"},
    opt_in=True,
)
BANNED: Final = Refusal(status=404, body={"reason": "banned", "message": "Not Found", "error": 404})
NOT_FOUND: Final = Refusal(status=404, body={"message": "Not Found", "error": 404})
TOO_MANY: Final = Refusal(status=429, body={"message": "Too Many Requests", "error": 429}, headers={"Retry-After": "2"})
OUT_OF_QUOTA: Final = Refusal(
    status=429,
    body={"message": "Too Many Requests", "error": 429},
    headers={"x-ratelimit-remaining": "0.0", "x-ratelimit-used": "100", "x-ratelimit-reset": "1"},
    times=1,
)
OVERLOADED: Final = Refusal(
    status=503, body="<!doctype html><title>Reddit</title>Our CDN was unable to reach our servers"
)
BLOCKED: Final = Refusal(status=403, body="<!doctype html><title>Blocked</title>Blocked by network security.")

"""X's home page and script, as far as a client needs them to compute ``x-client-transaction-id`` when logged in.

The ids themselves are not checked: what matters here is that a real engine finds everything it looks for.
"""

import base64
from typing import Final

_KEY: Final = base64.b64encode(bytes(range(48))).decode()
_SCRIPT: Final = "5b0c6a7"
_ROW: Final = "10 20,30 40,50 60 h 70 s 80 90,100 110"
_FRAME: Final = "C".join(["M 10,30 ", *[_ROW] * 16])


def home_page() -> str:
    """Return the page at ``/home``."""
    frames = "".join(
        f'<svg id="loading-x-anim-{number}"><g><path d="M0 0"></path><path d="{_FRAME}"></path></g></svg>'
        for number in range(4)
    )
    chunks = '{1:"vendor",20113:"ondemand.s"}[e]+"."+{1:"0a1b2c3",20113:"' + _SCRIPT + '"}'
    meta = f'<meta name="twitter-site-verification" content="{_KEY}"/>'
    return f"<!doctype html><html><head>{meta}<script>e=>{chunks}</script></head><body>{frames}</body></html>"


def script_path() -> str:
    """Return the path of the script on ``abs.twimg.com``."""
    return f"/responsive-web/client-web/ondemand.s.{_SCRIPT}a.js"


def script() -> str:
    """Return the script's text: which bytes of the key count."""
    return "e=>{parseInt(a[7], 16);parseInt(b(c[12], 16),d(e[3], 16),f(g[40], 16),h(i[21], 16))}"

"""The content of an operator's cookie file, and its form for engines, which is the same for every form of the file."""

import time

import attrs


@attrs.frozen(kw_only=True)
class Cookie:
    """One cookie.

    Attributes:
        domain: Host in lower case; with a leading dot, also for the hosts below it.
        path: Beginning of the paths that it is sent to.
        is_secure: Whether it is sent over HTTPS only.
        expires_at: Unix time in seconds, or None for a cookie of the browser's session.
        name: Its name.
        value: Its value, which is a secret.
    """

    domain: str
    path: str
    is_secure: bool
    expires_at: int | None
    name: str
    value: str = attrs.field(repr=False)

    @property
    def site(self) -> str:
        """The domain without its leading dot."""
        return self.domain.removeprefix(".")

    @property
    def is_expired(self) -> bool:
        """Whether a browser would not send it any more."""
        return self.expires_at is not None and self.expires_at <= time.time()

    def to_line(self) -> str:
        """Return the cookie as a line of a Netscape file."""
        includes_subdomains, is_secure = (str(flag).upper() for flag in (self.domain != self.site, self.is_secure))
        expires = self.expires_at or ""
        return f"{self.domain}\t{includes_subdomains}\t{self.path}\t{is_secure}\t{expires}\t{self.name}\t{self.value}"


@attrs.frozen(kw_only=True)
class CookieFile:
    """The content of a cookie file.

    Attributes:
        cookies: The cookies that can be read, expired ones included.
        problems: A text for each line or entry that cannot be used, with its number and without its content.
    """

    cookies: tuple[Cookie, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def usable(self) -> tuple[Cookie, ...]:
        """The cookies that have not expired."""
        return tuple(cookie for cookie in self.cookies if not cookie.is_expired)

    @property
    def values(self) -> tuple[str, ...]:
        """The secrets in the file."""
        return tuple(cookie.value for cookie in self.cookies)

    def has_site(self, host: str) -> bool:
        """Return whether a cookie is for `host`, expired or not."""
        return any(f".{host}".endswith(f".{cookie.site}") for cookie in self.cookies)

    def to_netscape(self) -> str:
        """Return the usable cookies as a Netscape file; empty if there are none."""
        lines = [cookie.to_line() for cookie in self.usable]
        return "\n".join(("# Netscape HTTP Cookie File", *lines, "")) if lines else ""

"""What an installation decides about the web interface. Unsafe settings are refused when the program starts."""

from dataclasses import dataclass

SHORTEST_SECRET = 32
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


class UnsafeSettings(ValueError):
    """The interface must not start like this; the text says why and what to set."""


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """`secret` signs cookies, at least 32 bytes; `old_secrets` are still accepted while a new one is taken up.

    `plain_loopback` allows http without TLS, for a trial on one's own machine only. `trusted_hosts` are the names under
    which the interface may be called. `proxies` is how many reverse proxies stand in front, exactly.
    """

    secret: str
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    plain_loopback: bool = False
    old_secrets: tuple[str, ...] = ()
    largest_request: int = 2 * 1024 * 1024
    sign_in_limit: str = "10 per minute"
    address_limit: str = "60 per minute"
    export_limit: str = "30 per minute"
    feed_limit: str = "30 per minute"
    proxies: int = 0

    def __post_init__(self) -> None:
        for secret in (self.secret, *self.old_secrets):
            if len(secret.encode()) < SHORTEST_SECRET or len(set(secret)) < 8:
                raise UnsafeSettings(f"the secret must be random and at least {SHORTEST_SECRET} bytes long")
        if not self.trusted_hosts or "*" in "".join(self.trusted_hosts):
            raise UnsafeSettings("name the hosts under which the interface may be called")
        if self.plain_loopback and not LOOPBACK.issuperset(self.trusted_hosts):
            raise UnsafeSettings("without TLS only loopback hosts may be trusted; put TLS in front for others")

    @property
    def flask(self) -> dict[str, object]:
        """The same as Flask's configuration keys."""
        return {
            "SECRET_KEY": self.secret,
            "SECRET_KEY_FALLBACKS": list(self.old_secrets),
            "TRUSTED_HOSTS": list(self.trusted_hosts),
            "MAX_CONTENT_LENGTH": self.largest_request,
            "MAX_FORM_MEMORY_SIZE": self.largest_request,
            "MAX_FORM_PARTS": 200,
            "SESSION_COOKIE_NAME": "session" if self.plain_loopback else "__Host-session",
            "SESSION_COOKIE_SECURE": not self.plain_loopback,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_SSL_STRICT": not self.plain_loopback,
            "BABEL_DEFAULT_LOCALE": "en",
            "BABEL_TRANSLATION_DIRECTORIES": "translations",
        }

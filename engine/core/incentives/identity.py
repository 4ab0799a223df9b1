"""Names that are derived from causes, so that a replay meets its own rows."""

from collections.abc import Callable, Iterable
from hashlib import sha256


def derived_id(prefix: str, *causes: str) -> str:
    """`prefix-` and 20 hexadecimal digits that depend on every cause and on their order, and on nothing else.

    Each cause is written with its length before it, so that ("ab", "c") and ("a", "bc") are different.
    """
    return f"{prefix}-{sha256(_told(causes)).hexdigest()[:20]}"


def ids_after(prefix: str, *first: str) -> Callable[..., str]:
    """The same, of further causes after those: many ids whose first causes are the same."""
    begun = sha256(_told(first))

    def derived(*further: str) -> str:
        whole = begun.copy()
        whole.update(_told(further))
        return f"{prefix}-{whole.hexdigest()[:20]}"

    return derived


def _told(causes: Iterable[str]) -> bytes:
    return "".join([f"{len(cause)}:{cause}" for cause in causes]).encode()

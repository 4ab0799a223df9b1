"""Names that are derived from causes, so that a replay meets its own rows."""

from hashlib import sha256


def derived_id(prefix: str, *causes: str) -> str:
    """`prefix-` and 20 hexadecimal digits that depend on every cause and on their order, and on nothing else.

    Each cause is written with its length before it, so that ("ab", "c") and ("a", "bc") are different.
    """
    text = "".join(f"{len(cause)}:{cause}" for cause in causes)
    return f"{prefix}-{sha256(text.encode()).hexdigest()[:20]}"

"""What a person sees of their calendar feed."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedView:
    """What a person sees of their feed. `since` None: there is none. `token` only right after it was made."""

    since: datetime | None
    time_zone: str
    zones: tuple[str, ...]
    token: str = ""

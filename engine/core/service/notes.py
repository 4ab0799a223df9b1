"""What notes say about the limits of tickets; see `workflow/notes.py`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from engine.core.problems import Language

LIMIT_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "first_response": ("first response", "首次响应"),
    "next_response": ("answer to the customer", "回复客户"),
    "resolution": ("resolution", "解决"),
})  # fmt: skip


def limit_word(limit: str, language: Language) -> str:
    """What a limit is called."""
    return LIMIT_WORDS[limit][language == "zh"]


def _promised(parts: list[str], language: Language) -> str:
    ticket, limit, due = parts
    if language == "zh":
        return f"工单 {ticket}：{limit_word(limit, language)}时限 {due[:16]}"
    return f"ticket {ticket}: {limit_word(limit, language)} due {due[:16]}"


def _of_clock(parts: list[str], language: Language) -> str:
    ticket, limit, number = parts
    if language == "zh":
        return f"工单 {ticket} 的{limit_word(limit, language)}，第 {number} 次"
    return f"{limit_word(limit, language)} number {number} of ticket {ticket}"


SERVICE_WORDS: Mapping[str, Callable[[list[str], Language], str]] = MappingProxyType(
    {"promised": _promised, "clock": _of_clock}
)

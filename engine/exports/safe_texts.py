"""Texts that a spreadsheet can only show, never carry out."""

import unicodedata

FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−")
"""Characters with which a program may take a cell for a formula (ASVS 1.2.10), and forms that look like them."""

LONGEST_TEXT = 32_000
"""Characters; a cell holds 32,767."""


def safe_text(text: str) -> str:
    """The text, with an apostrophe before it when it could be taken for a formula.

    Blanks and invisible characters before the first visible one do not hide it. Control characters become U+FFFD; a
    text that no cell can hold is cut and ends in `…`.
    """
    clean = "".join(character if _may_stay(character) else "\ufffd" for character in text.replace("\r\n", "\n"))
    clean = clean if len(clean) <= LONGEST_TEXT else clean[: LONGEST_TEXT - 1] + "…"
    return f"'{clean}" if _starts_formula(text) else clean


def _may_stay(character: str) -> bool:
    return character == "\n" or unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co")


def _starts_formula(text: str) -> bool:
    """True when the first character that counts is one of `FORMULA_STARTS`."""
    if text[:1] in FORMULA_STARTS and text:
        return True
    shown = (character for character in text if not _is_blank(character))
    return next(shown, "") in FORMULA_STARTS


def _is_blank(character: str) -> bool:
    """True for blanks and for what nobody sees: spaces of any width, format marks, variation selectors."""
    return character.isspace() or unicodedata.category(character) in ("Cf", "Mn", "Me", "Zs")

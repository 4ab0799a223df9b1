"""Spelling that other tools and input methods suggest: each slip named, with the right spelling.

The scan runs before the grammar. It returns the text with the slips put right, and for each of its characters the
offset that it had, so that mistakes behind a slip are found in the same pass.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.core.numerals import FULL_WIDTH
from engine.core.problems import Problem
from engine.language.syntax.source import Source

_KEYWORDS = ("and", "or", "not", "in", "is", "set", "if", "then", "else", "between", "of", "true", "false")

OTHER_WORDS: Mapping[str, str] = MappingProxyType(
    {word.upper(): word for word in _KEYWORDS}
    | {word.capitalize(): word for word in _KEYWORDS}
    | {"且": "and", "并且": "and", "而且": "and", "和": "and", "或": "or", "或者": "or", "非": "not", "不是": "not"}
    | {"如果": "if", "那么": "then", "否则": "else", "介于": "between", "属于": "in", "是": "true", "否": "false"}
    | {"yes": "true", "no": "false", "Yes": "true", "No": "false", "YES": "true", "NO": "false"}
    | {"等于": "=", "不等于": "!=", "大于": ">", "小于": "<", "大于等于": ">=", "小于等于": "<=", "不属于": "not in"}
)
"""Words that mean one of the language's words or signs."""

OTHER_SIGNS: Mapping[str, str] = MappingProxyType(
    {"==": "=", "===": "=", "!==": "!=", "<>": "!=", "=>": ">=", "=<": "<=", "=!": "!="}
    | {"&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "~": "not", "**": "*"}
)
"""Signs of programming languages and spreadsheets, and the language's own."""

GUESSED = "\ue000"
"""The text that stands in for one whose repair is a guess; nothing is said about what rests on it."""

_CURRENCY_SIGNS = {"¥": "CNY", "￥": "CNY", "元": "CNY", "€": "EUR", "$": "USD", "£": "GBP"}

_WIDE = "".join(map(chr, FULL_WIDTH))
_AMOUNT = r"\d[\d_,]*(?:\.\d+)?(?:\s?[万亿])?"
_TOKENS = re.compile(
    rf"""
      (?P<text>"(?:[^"\\\n]|\\["\\])*")
    | (?P<unclosed>"[^\n]*)
    | (?P<wide_text>[“”「][^“”「」"\n]*[“”」]|[“”「][^“”「」"\n]*"|‘[^’\n]*’)
    | (?P<single>'[^'\n]*')
    | (?P<signed_amount>[¥￥€$£]\s?{_AMOUNT}|{_AMOUNT}\s?元)
    | (?P<wide>[{re.escape(_WIDE)}]+)
    | (?P<moment>\d{{4}}-\d\d?-\d\d?[ T]\d\d?:\d\d(?!\w))
    | (?P<thousands>\d{{1,3}}(?:,\d{{3}})+(?![\d,]))
    | (?P<number>\d[\d_]*(?:\.\d+)?(?:\s?[万亿])?)
    | (?P<word>[A-Za-z_][\w.]*|[\u4e00-\u9fff]\w*)
    | (?P<sign>===|!==|==|<>|=>|=<|=!|&&?|\|\|?|\*\*|~|!(?!=))
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<plain>[\s=<>!+\-*/%.,])
    | (?P<foreign>.)
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class _Scan:
    """What has been read so far: the repaired text, where each of its characters came from, and the slips."""

    source: Source
    text: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    depth: int = 0

    def keep(self, match: re.Match[str]) -> None:
        self.text.append(match[0])
        self.offsets.extend(range(match.start(), match.end()))

    def repair(self, match: re.Match[str], code: str, right: str, shown: str = "") -> None:
        """Name the slip; go on as if `right` had been written (`shown` is how the message spells it)."""
        self.problems.append(
            self.source.problem(code, match.start(), match.end(), found=match[0], right=(shown or right).strip())
        )
        self.text.append(right)
        last = match.end() - 1
        self.offsets.extend(min(match.start() + step, last) for step in range(len(right)))


@dataclass(frozen=True, slots=True)
class Spelled:
    """The text in right spelling; `offsets[i]` is where its character i stood, one more for the end."""

    text: str
    offsets: tuple[int, ...]
    problems: tuple[Problem, ...]


def spelled(source: Source) -> Spelled:
    """The expression with every slip of spelling named and put right."""
    scan = _Scan(source)
    for match in _TOKENS.finditer(source.text):
        _READERS.get(match.lastgroup or "", _Scan.keep)(scan, match)
    return Spelled("".join(scan.text), (*scan.offsets, len(source.text)), tuple(scan.problems))


def _unclosed(scan: _Scan, match: re.Match[str]) -> None:
    inside = re.sub(r'["\\”]', "", match[0])
    scan.repair(match, "R105", f'"{GUESSED}"', shown=f'"{inside}"')


def _wide_text(scan: _Scan, match: re.Match[str]) -> None:
    scan.repair(match, "R102", f'"{match[0][1:-1]}"'.replace("\\", ""))


def _single(scan: _Scan, match: re.Match[str]) -> None:
    inside = re.sub(r'["\\]', "", match[0][1:-1])
    scan.repair(match, "R104", f'"{inside}"')


def _signed_amount(scan: _Scan, match: re.Match[str]) -> None:
    sign = next(character for character in match[0] if character in _CURRENCY_SIGNS)
    amount = match[0].replace(sign, "").strip().replace(",", "_")
    scan.repair(match, "R107", f"{amount} {_CURRENCY_SIGNS[sign]} ")


def _wide(scan: _Scan, match: re.Match[str]) -> None:
    plain = match[0].translate(FULL_WIDTH)
    if plain.strip():
        scan.repair(match, "R102", OTHER_SIGNS.get(plain, plain), shown=plain)
    else:
        scan.repair(match, "R109", " ")


def _thousands(scan: _Scan, match: re.Match[str]) -> None:
    if scan.depth:
        scan.keep(match)
    else:
        scan.repair(match, "R106", match[0].replace(",", "_"))


def _word(scan: _Scan, match: re.Match[str]) -> None:
    right = OTHER_WORDS.get(match[0])
    if right:
        scan.repair(match, "R103", f" {right} ")
    elif match[0].isascii():
        scan.keep(match)
    else:
        scan.repair(match, "R108", f'"{GUESSED}"', shown=f'"{match[0]}"')


def _sign(scan: _Scan, match: re.Match[str]) -> None:
    scan.repair(match, "R103", f" {OTHER_SIGNS[match[0]]} ")


def _open(scan: _Scan, match: re.Match[str]) -> None:
    scan.depth += 1
    scan.keep(match)


def _close(scan: _Scan, match: re.Match[str]) -> None:
    scan.depth = max(scan.depth - 1, 0)
    scan.keep(match)


def _foreign(scan: _Scan, match: re.Match[str]) -> None:
    scan.repair(match, "R101", " ")


_READERS: Mapping[str, Callable[[_Scan, re.Match[str]], None]] = MappingProxyType(
    {
        "unclosed": _unclosed,
        "wide_text": _wide_text,
        "single": _single,
        "signed_amount": _signed_amount,
        "wide": _wide,
        "thousands": _thousands,
        "word": _word,
        "sign": _sign,
        "open": _open,
        "close": _close,
        "foreign": _foreign,
    }
)

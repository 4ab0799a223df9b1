"""An estimate as plain data for `--json`, and as lines of text for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from engine.app.views.estimates import DealEstimate, EstimateRow, Hindrance, NextView, PayeeEstimate
from engine.core.money import Money
from engine.core.problems import Language
from engine.core.rules.header import Title

_WORDS = {
    "would": ("{name} would earn {earned} with {deal} ({amount}, won on {on})", "{name}因 {deal} 可获得 {earned}（{amount}，{on} 赢单）"),
    "held": ("of which {held} held back", "其中暂扣 {held}"),
    "nothing": ("{name} would earn nothing with {deal} ({amount}, won on {on})", "{name}因 {deal} 无所得（{amount}，{on} 赢单）"),
    "standing": ("{window}: from {before} ({rate_before}) to {after} ({rate_after})",
                 "{window}：由 {before}（{rate_before}）到 {after}（{rate_after}）"),
    "next": ("The next {amount} of {measure} would pay {name} {earned} on {on}", "{on} 再计入 {measure} {amount}，{name}可得 {earned}"),
    "like": ("taken to be like {like}", "按 {like} 的情况估算"),
    "not_now": ("It could not be won now: {words}", "目前还不能赢单：{words}"),
    "also": ("also changes {title}: {earned}", "同时影响 {title}：{earned}"),
}  # fmt: skip


def deal_data(found: DealEstimate) -> dict[str, Any]:
    """The estimate of a deal as plain data; the fields of each part are those of its view."""
    return {
        "deal": found.deal, "amount": str(found.amount) if found.amount else None, "on": str(found.on),
        "could_be_won_now": found.hindrance is None,
        "hindrance": _hindrance(found.hindrance) if found.hindrance else None,
        "payees": [_payee(one) for one in found.payees],
    }  # fmt: skip


def next_data(found: NextView) -> dict[str, Any]:
    """What the next amount would pay as plain data."""
    return {
        "payee": found.payee, "amount": found.amount, "on": str(found.on),
        "measures": [
            {"measure": one.measure, "amount": str(one.amount), "like": one.like or None, "earned": str(one.earned),
             "components": [_row(row) for row in one.rows]}
            for one in found.measures
        ],
    }  # fmt: skip


def deal_lines(found: DealEstimate, language: Language) -> list[str]:
    """The estimate of a deal as text."""
    lines = []
    if found.hindrance:
        lines.append(_said("not_now", language, words=found.hindrance.words.show(language)))
        lines += [f"  ✗ {words.show(language)}" for words in found.hindrance.criteria]
    told = {"deal": found.name, "amount": str(found.amount), "on": str(found.on)}
    return [*lines, *(line for payee in found.payees for line in _payee_lines(payee, told, language))]


def next_lines(found: NextView, language: Language) -> list[str]:
    """What the next amount would pay as text."""
    lines = []
    for one in found.measures:
        told = {
            "amount": str(one.amount),
            "measure": one.measure,
            "name": found.name.show(language),
            "earned": str(one.earned),
        }
        like = f" ({_said('like', language, like=one.like)})" if one.like else ""
        lines.append(_said("next", language, **told, on=str(found.on)) + like)
        lines += [line for row in one.rows for line in _row_lines(row, language)]
    return lines


def _said(which: str, language: Language, /, **told: str) -> str:
    return _WORDS[which][language == "zh"].format_map(told)


def _sums(amounts: Sequence[Money]) -> str:
    return " + ".join(str(amount) for amount in amounts)


def _payee_lines(payee: PayeeEstimate, told: dict[str, str], language: Language) -> Iterator[str]:
    name = payee.name.show(language)
    if payee.problem:
        yield f"{name}: {payee.problem.message(language)}"
        return
    said = _said("would" if payee.rows else "nothing", language, name=name, earned=_sums(payee.earned), **told)
    held = any(amount.minor for amount in payee.held)
    yield said + (
        ("，" if language == "zh" else ", ") + _said("held", language, held=_sums(payee.held)) if held else ""
    )
    yield from (f"  {words.show(language)}" for words in payee.nothing)
    for row in payee.rows:
        yield from _row_lines(row, language)


def _row_lines(row: EstimateRow, language: Language) -> Iterator[str]:
    """A component: its sum and how it is worked out, where it stands, what else it says."""
    yield f"  {row.title.show(language)}: {row.earned}" + (f" ({row.rate})" if row.rate else "")
    if row.arithmetic:
        yield f"    {row.arithmetic}"
    if row.standing:
        place = row.standing
        yield "    " + _said("standing", language, window=place.window, before=place.before, after=place.after,
                             rate_before=place.rate_before, rate_after=place.rate_after)  # fmt: skip
    yield from (f"    {words.show(language)}" for words in (*row.notes, row.climb) if words.en)
    for one in row.others:
        yield "    " + _said("also", language, title=one.title.show(language), earned=str(one.earned))


def _both(title: Title) -> dict[str, str]:
    return {"en": title.show("en"), "zh": title.show("zh")}


def _hindrance(found: Hindrance) -> dict[str, Any]:
    missing = [{"words": _both(words), "condition": row.text, "place": str(row.place)}
               for words, row in zip(found.criteria, found.missing, strict=True)]  # fmt: skip
    return {"words": _both(found.words), "missing": missing}


def _payee(found: PayeeEstimate) -> dict[str, Any]:
    problem = (
        {"code": found.problem.code, "message": {"en": found.problem.message("en"), "zh": found.problem.message("zh")}}
        if found.problem
        else None
    )
    return {
        "payee": found.payee, "name": _both(found.name), "earned": [str(amount) for amount in found.earned],
        "held": [str(amount) for amount in found.held], "components": [_row(row) for row in found.rows],
        "nothing_because": [_both(words) for words in found.nothing], "problem": problem,
    }  # fmt: skip


def _row(row: EstimateRow) -> dict[str, Any]:
    place = row.standing
    return {
        "component": row.component, "title": _both(row.title), "place": str(row.place), "earned": str(row.earned),
        "held": str(row.held), "rate": row.rate or None, "arithmetic": row.arithmetic or None,
        "slices": [{"from": one.start, "to": one.end, "base": str(one.base or ""), "rate": one.rate, "amount": one.amount} for one in row.slices],
        "steps": [{"step": one.id, "words": _both(one.words), "after": one.after or None} for one in row.steps],
        "standing": {"window": place.window, "before": place.before, "after": place.after, "tier_before": place.rate_before,
                     "tier_after": place.rate_after} if place else None,
        "also_changes": [{"line": one.key, "title": _both(one.title), "earned": str(one.earned)} for one in row.others],
        "next_tier": _both(row.climb) if row.climb.en else None,
    }  # fmt: skip

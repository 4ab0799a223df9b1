"""What the lines of a window say of themselves: which step of the fixed order made an amount smaller, or nothing."""

from collections.abc import Iterator, Sequence

from engine.core.incentives.lines import EarningLine
from engine.core.incentives.reasons import Reason, reason
from engine.core.money import Money
from engine.core.periods import Period
from engine.core.rules.plan import OwnComponent

Said = list[tuple[EarningLine, dict[str, str]]]


def reasons_of_lines(
    part: OwnComponent, lines: Sequence[EarningLine], window: Period, currency: str
) -> Iterator[Reason]:
    """A reason for each step that took something away, in the order of the steps."""
    yield from _gate(part, _said(lines, "gate", "not_met"), window)
    yield from _bounded(part, _said(lines, "per_deal", "lowered"))
    yield from _factors(part, lines)
    yield from _kept_back(part, lines, currency)
    taken = [line for line in lines if line.taken_back]
    if taken:
        events = ", ".join(dict.fromkeys(_of(line, "clawback").get("event", "") for line in taken))
        yield reason(
            "taken_back",
            part.place,
            taken=str(Money.total((line.taken_back for line in taken), currency)),
            events=events,
        )
    held = Money.total((line.held for line in lines), currency)
    if held:
        events = ", ".join(one.on for one in getattr(part, "release", ()))
        yield reason("held", part.place, held=str(held), events=events)


def _said(lines: Sequence[EarningLine], name: str, *codes: str) -> Said:
    """The lines on which that step says one of those things, with its particulars."""
    return [(line, dict(step.particulars)) for line in lines for step in line.steps
            if step.name == name and step.code in codes]  # fmt: skip


def _of(line: EarningLine, name: str) -> dict[str, str]:
    return dict(next((step.particulars for step in line.steps if step.name == name), ()))


def _deals(said: Said) -> str:
    """The deals of those lines, at most three by name."""
    names = list(dict.fromkeys(line.deal or line.source for line, _ in said))
    return ", ".join(names[:3]) + (f" … ({len(names)})" if len(names) > 3 else "")


def _gate(part: OwnComponent, said: Said, window: Period) -> Iterator[Reason]:
    """The gate that was not met, with the facts of the last credit that it was asked for."""
    gate = getattr(part, "gate", None)
    if said and gate:
        facts = dict(said[-1][0].cause.facts)
        yield reason(
            "gate_not_met", gate.place, gate, facts, condition=gate.source, window=window.id, count=str(len(said))
        )


def _bounded(part: OwnComponent, said: Said) -> Iterator[Reason]:
    if said:
        yield reason("per_deal_lowered", part.place, at_most=said[0][1].get("at_most", ""), deals=_deals(said))


def _factors(part: OwnComponent, lines: Sequence[EarningLine]) -> Iterator[Reason]:
    """Factors that are not set, and those below one."""
    place = part.multiply.place if part.multiply else part.place
    unset = _said(lines, "multiply", "not_set")
    if unset:
        yield reason("factor_not_set", place, formula=unset[0][1]["formula"], deals=_deals(unset))
    below: dict[str, Said] = {}
    for line, told in _said(lines, "multiply", "times"):
        if told["factor"].startswith(("0", "-")):
            below.setdefault(told["factor"], []).append((line, told))
    for factor, said in below.items():
        yield reason("factor_below", place, formula=said[0][1]["formula"], factor=factor, deals=_deals(said))


def _kept_back(part: OwnComponent, lines: Sequence[EarningLine], currency: str) -> Iterator[Reason]:
    """What a cap or a budget kept back."""
    withheld = Money.total((line.withheld for line in lines), currency)
    for code, name, codes in (
        ("cap_reached", "cap", ("lost", "carried_forward")),
        ("budget_used", "budget", ("budget",)),
    ):
        said = _said(lines, "cap", *codes)
        if said:
            yield reason(code, part.place, **{name: said[0][1].get(name, "")}, withheld=str(withheld))

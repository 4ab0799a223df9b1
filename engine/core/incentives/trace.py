"""The trace of a line: the sixteen steps of the fixed order, each with what it did, also when that was nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from engine.core.incentives.adjustments import Undoing
from engine.core.incentives.frames import Frame
from engine.core.incentives.lines import STEPS, Step
from engine.core.incentives.made import Made
from engine.core.incentives.worth import Worth
from engine.core.money import ExactMoney, Money, Rounding
from engine.core.numerals import shown_number
from engine.core.problems import Place
from engine.core.records import Credit
from engine.core.rules.plan import Commission, Limit, Plan

IDLE_PLAN_CAP = Step("plan_cap", "none")
IDLE_DRAW = Step("draw", "none")
IDLE_PRORATION = Step("proration", "none")


@dataclass(slots=True, eq=False, repr=False)
class Told(Made[Step]):
    """The steps of a credit's line, made of all that they tell. `retold` are those that tell something else instead."""

    frame: Frame
    credit: Credit
    worth: Worth
    quota: Money | None
    exact: Fraction
    withheld: Money
    undone: Undoing | None
    taken: Money
    share: Fraction
    earned: Money
    released: Money
    unwound: Worth | None = None
    retold: tuple[Step, ...] = ()

    def make(self) -> tuple[Step, ...]:
        """All of them, in the order of STEPS."""
        retold = {step.name: step for step in self.retold}
        return tuple(retold.get(step.name, step) for step in steps_of(self))


def with_steps(steps: Sequence[Step], *new: Step) -> Sequence[Step]:
    """The steps with those in the place of what they said before."""
    said = {step.name: step for step in new}
    if isinstance(steps, Told):
        return replace(steps, retold=tuple(({step.name: step for step in steps.retold} | said).values()))
    return tuple(said.get(step.name, step) for step in steps)


def steps_of(told: Told) -> tuple[Step, ...]:
    """The steps of a credit's line as they were at first, in the order of STEPS."""
    worth, frame = told.worth, told.frame
    return (
        _eligible_step(frame.plan, frame.condition, frame.place),
        _credit_step(told.credit),
        _measure_step(told),
        _gate_step(told),
        _rate_step(told),
        limit_step(worth, frame.per_deal, frame.currency),
        paid_part(multiply_step(worth.say.factor, frame.multiply, worth.final, worth.say.how), told.credit),
        cap_step(frame.cap, told.withheld, told.exact),
        IDLE_PRORATION,
        IDLE_PLAN_CAP,
        clawback_step(told.undone, told.taken, told.credit.undone_by, told.credit.undone_on is not None),
        IDLE_DRAW,
        release_step(told.share, frame.in_parts, told.released),
        currency_step(told.credit),
        rounding_step(frame.rounding, told.exact, frame.currency),
        payable_step(told.earned, told.released),
    )


def carried_steps(plan: Plan, component: Commission, carried: Money, earned: Money) -> tuple[Step, ...]:
    """The steps of the line of what the window before carried forward: only the cap has anything to say."""
    withheld = carried - earned
    told = {
        "eligible": eligible_step(plan),
        "credit": Step("credit", "carried", (("amount", str(carried)),), Fraction(carried.minor)),
        "cap": cap_step(component.cap, withheld, Fraction(earned.minor)),
        "release": release_step(Fraction(1), False, earned),
        "rounding": rounding_step(plan.rounding, Fraction(earned.minor), plan.currency),
        "payable": payable_step(earned, earned),
    }
    return in_full(told)


def in_full(told: dict[str, Step]) -> tuple[Step, ...]:
    """All sixteen steps: those given, and `none` for the others."""
    return tuple(told.get(name) or Step(name, "none") for name in STEPS)


def eligible_step(plan: Plan) -> Step:
    """On the plan, because the plan pays whoever its condition holds for."""
    source, place = (plan.pays.source, plan.pays.place) if plan.pays else ("", plan.header.place)
    return _eligible_step(plan.header.id, source, place)


def limit_step(worth: Worth, limit: Limit | None, currency: str) -> Step:
    """The bounds per deal, and which of them changed the amount."""
    if limit is None:
        return Step("per_deal", "none", (), worth.limited)
    bound, code = (limit.at_least, "raised") if abs(worth.limited) > abs(worth.raw) else (limit.at_most, "lowered")
    if worth.limited == worth.raw:
        code = "within"
    elif bound is None:
        # Deals before it were rated anew, and their bound left more or less of that than of the whole.
        code = "bounded"
    bounds = (("at_least", limit.at_least), ("at_most", limit.at_most))
    told = tuple((name, str(bound)) for name, bound in bounds if bound is not None)
    return Step("per_deal", code, (*told, ("amount", text(worth.limited, currency))), worth.limited)


def multiply_step(factor: Fraction | None, source: str, after: Fraction, how: str = "") -> Step:
    """The factor, with the formula that gave it and what its tables read; `not_set` pays nothing until its facts are
    known."""
    if not source:
        return Step("multiply", "none", (), after)
    if factor is None:
        return Step("multiply", "not_set", (("formula", source),), after)
    told = (("factor", shown_number(factor)), ("formula", source), *((("how", how),) if how else ()))
    return Step("multiply", "looked_up" if how else "times", told, after)


def paid_part(step: Step, credit: Credit) -> Step:
    """The multiplier's step, which also says the payee's share where several are paid for one amount."""
    if credit.pays == 1:
        return step
    return replace(step, code=f"{step.code}_part", particulars=(*step.particulars, ("pays", percent(credit.pays))))


def cap_step(cap: Limit | None, withheld: Money, after: Fraction) -> Step:
    """The cap of the window, and what it kept back of this line."""
    if cap is None or cap.at_most is None:
        return Step("cap", "none", (), after)
    code = cap.excess if withheld else "within"
    return Step("cap", code, (("cap", str(cap.at_most)), ("withheld", str(withheld))), after)


def clawback_step(undone: Undoing | None, taken: Money, event: str, cancelled: bool) -> Step:
    """What was taken back, or why nothing was."""
    if undone is None:
        return Step("clawback", "kept" if cancelled else "none", (("event", event),) if cancelled else ())
    told = (("taken", str(taken)), ("on", undone.on.isoformat()), ("share", percent(undone.share)), ("event", event))
    code = "void" if undone.void else "of_paid" if undone.of_paid else "from_top" if undone.from_top else "exact"
    return Step("clawback", code, told)


def release_step(share: Fraction, in_parts: bool, released: Money) -> Step:
    """How much of it is released to date."""
    told = (("share", percent(share)), ("released", str(released)))
    return Step("release", "in_parts" if in_parts else "at_once", told)


def currency_step(credit: Credit) -> Step:
    """The exchange rate by which the credit came into the plan's currency."""
    if not credit.rate:
        return Step("currency", "same", (("currency", credit.amount.currency),))
    told = (("source", str(credit.source_amount)), ("rate", credit.rate), ("currency", credit.amount.currency))
    return Step("currency", "converted", told)


def rounding_step(mode: Rounding, exact: Fraction, currency: str) -> Step:
    """The one rounding, of the running total, of which this line is a difference."""
    return Step("rounding", mode.value, (("exact", text(exact, currency)),), exact)


def payable_step(earned: Money, released: Money) -> Step:
    """Where it ends: earned, released and held to date."""
    told = (("earned", str(earned)), ("released", str(released)), ("held", str(earned - released)))
    return Step("payable", "to_date", told, Fraction(earned.minor))


def text(exact: Fraction, currency: str) -> str:
    """An exact amount of minor units for people: `1,234.505 CNY`."""
    return str(ExactMoney(exact, currency))


@lru_cache(maxsize=4096)
def percent(ratio: Fraction) -> str:
    """A ratio as rules write it: `12.5%`."""
    return f"{shown_number(ratio * 100)}%"


def _credit_step(credit: Credit) -> Step:
    told = (
        ("credit", credit.name), ("amount", str(credit.amount)), ("share", percent(credit.share)),
        ("source", str(credit.source_amount)), ("event", credit.event), ("deal", credit.deal),
        ("on", credit.on.isoformat()),
        ("place", str(credit.cause.place)), ("pays", percent(credit.pays)), ("weight", shown_number(credit.weight)),
        ("line", credit.line),
    )  # fmt: skip
    further = (("line", credit.line), ("weighed", credit.weight != 1), ("paid", credit.pays != 1))
    more = [name for name, said in further if said]
    return Step("credit", "_".join([credit.form, *more]), told, Fraction(credit.amount.minor))


def _eligible_step(plan: str, source: str, place: Place) -> Step:
    told = (("plan", plan), ("condition", source), ("place", str(place)))
    return Step("eligible", "condition" if source else "everybody", told)


def _measure_step(told: Told) -> Step:
    """From where to where the credit moved the measure."""
    frame, way = told.frame, (told.worth.before, told.worth.after)
    if frame.method == "formula":
        return Step("measure", "none")
    if frame.scale == "formula" and way[1] is None:
        return Step("measure", "not_set", (("formula", frame.formula),))
    ends = [
        (name, position_text(frame.scale, x or Fraction(0), frame.currency))
        for name, x in zip(("before", "after"), way, strict=True)
    ]
    quota = (("quota", str(told.quota)),) if told.quota else ()
    if frame.highest is not None:
        return Step("measure", "limited", (*ends, *quota, ("highest", percent(frame.highest))))
    return Step("measure", frame.scale, (*ends, *quota))


def _rate_step(told: Told) -> Step:
    """How the rates apply; where a formula is the rate its value, and the rows of tables that it read."""
    frame, worth = told.frame, told.worth
    if worth.say.gate == "not_met":
        return Step("rate", "not_reached", (), worth.raw)
    if frame.method != "formula" or not frame.formula:
        return Step("rate", frame.method, (), worth.raw)
    formula = ("formula", frame.formula)
    if worth.after is None:
        return Step("rate", "not_set", (formula,), worth.raw)
    found = (formula, ("rate", percent(worth.after)), ("rows", worth.say.rows))
    return Step("rate", "looked_up" if worth.say.rows else "formula", found, worth.raw)


def position_text(scale: str, position: Fraction, currency: str) -> str:
    """A position on a rate table's scale for people: a percentage of quota, an amount, or a number."""
    if scale == "attainment":
        return percent(position)
    return text(position, currency) if scale == "amount" else shown_number(position)


def _gate_step(told: Told) -> Step:
    frame = told.frame
    if not frame.gate:
        return Step("gate", "none")
    particulars = (("condition", frame.gate), ("place", str(frame.gate_place)), ("kind", frame.gate_kind))
    return Step("gate", told.worth.say.gate, particulars)

"""Builds the credit rules of a plan."""

from collections.abc import Iterator

from engine.core.formulas import Formula
from engine.core.incentives.recipients import HOUSE
from engine.core.rules.plan import CreditRule, CreditTo
from engine.language import DATE, FACTOR, MONEY
from engine.language.syntax.nodes import And, Node
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.schemas.credits import WAYS


def build_credits(forms: tuple[Form, ...], workshop: Workshop) -> Iterator[CreditRule]:
    """The credit rules. `like bookings` goes to all whom the rules of that name above it credit, one rule for each."""
    above: dict[str, list[CreditTo]] = {}
    for form in forms:
        found = _recipients(form, above, workshop)
        above.setdefault(form["name"], []).extend(found)
        when = workshop.condition(form.get("when"))
        parts = {
            "amount": workshop.formula(form.get("amount"), MONEY),
            "counts": workshop.formula(form.get("counts"), FACTOR),
            "weighs": workshop.formula(form.get("weighs"), FACTOR),
            "dated": workshop.formula(form.get("dated"), DATE),
        }
        for to in found:
            yield CreditRule(
                form["name"], form["on"], when, to=to, place=form.place, conditions=_conditions(when),
                each=form.get("each", ""), **parts,
            )  # fmt: skip


def _recipients(form: Form, above: dict[str, list[CreditTo]], workshop: Workshop) -> list[CreditTo]:
    """Whom one rule credits."""
    to = form["to"]
    if isinstance(to, Form):
        return [_credit_to(to)]
    if to == HOUSE:
        return [CreditTo(HOUSE)]
    name = to.removeprefix("like ").strip()
    if not to.startswith("like ") or name not in above:
        workshop.report(form.at("to"), "R242", found=to)
        return []
    return list(above[name])


def _credit_to(form: Form) -> CreditTo:
    way = next(way for way in WAYS if way in form)
    if way == "cascade":
        return CreditTo(way, chain=form["cascade"], shares=form["shares"], each=form["each"])
    return CreditTo(way, form[way], form.get("rest", ""), levels=form["levels"], as_of=form["as_of"])


def _conditions(when: Formula | None) -> int:
    """How many conditions must hold: the items of the list, and what `and` joins in them."""
    tree = getattr(when, "tree", None)
    return _joined(tree) if tree is not None else 0


def _joined(tree: Node) -> int:
    return sum(_joined(item) for item in tree.items) if isinstance(tree, And) else 1

"""Builds the currency that a plan's payees are paid in."""

from engine.core.currencies import EXPONENTS
from engine.core.fact_types import FactKind
from engine.core.numerals import nearest
from engine.core.rules.plan import PaysIn
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.schemas.base import Form


def pays_in(form: Form, workshop: Workshop) -> PaysIn | None:
    """A currency, or a fact of the payee that holds one. R163 for no currency, R120 for no fact, R142 for another fact."""
    written, currency = form.at("currency"), form["currency"]
    if currency not in EXPONENTS:
        fact = workshop.facts.get(currency)
        near = nearest(currency, (*EXPONENTS, *workshop.facts), 3) or "CNY, EUR, USD"
        if "." not in currency:
            workshop.report(written, "R163", found=currency, near=near)
            return None
        if fact is None or not currency.startswith(("owner.", "person.", "partner.")):
            workshop.report(written, "R120", found=currency, near=near)
            return None
        if fact.kind not in (FactKind.CURRENCY, FactKind.TEXT):
            workshop.report(written, "R163", found=currency, near="CNY, EUR, USD")
            return None
    rate = form.get("rate", {"kind": "spot", "on": "earned_on"})
    return PaysIn(currency, rate["kind"], rate["on"], form.place)

"""What is known of one payee, as a calculation for all of them would read it."""

from collections.abc import Collection

from engine.app.earnings import find_payee
from engine.app.payouts import progress_by_deal
from engine.core.incentives.owed import Books
from engine.core.incentives.payees import Payee
from engine.store.database import Unit
from engine.store.queries.pay import credits_of, grants_of, quotas_of


def payee_books(unit: Unit, payee: str) -> Books:
    """The payee's credits and quotas, everybody's grants (budgets are shared), and how far their deals are."""
    credits, grants = credits_of(unit, [payee]), grants_of(unit)
    deals = {one.deal for one in credits} | {one.deal for one in grants if one.payee == payee}
    return Books(credits, grants, quotas_of(unit, [payee]), progress_by_deal(unit, deals))


def payees_named(unit: Unit, ids: Collection[str]) -> list[Payee]:
    """The people and partners of those ids, in that order; who is not known is left out."""
    return [found for id in ids if (found := find_payee(unit, id))]

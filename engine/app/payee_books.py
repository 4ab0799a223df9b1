"""What is known of one payee, as a calculation for all of them would read it."""

from collections.abc import Collection, Mapping

from engine.app.earnings import find_payee
from engine.core.incentives.adjustments import DealProgress, progress_of
from engine.core.incentives.payee_desk import Books
from engine.core.incentives.payees import Payee
from engine.core.records import Deal, Receipt
from engine.store.database import Unit
from engine.store.queries.pay import answers_of, credits_of, grants_of, quotas_of, receipts_of, scores_of
from engine.store.reading import records_by_id


def payee_books(unit: Unit, payee: str) -> Books:
    """The payee's credits, quotas, scores and answers, everybody's grants (budgets are shared), and how far their deals are."""
    credits, grants = credits_of(unit, [payee]), grants_of(unit)
    deals = {one.deal for one in credits} | {one.deal for one in grants if one.payee == payee}
    return Books(
        credits,
        grants,
        quotas_of(unit, [payee]),
        _progress(unit, deals),
        scores=scores_of(unit, [payee]),
        answers=answers_of(unit, [payee]),
    )


def _progress(unit: Unit, deals: Collection[str]) -> Mapping[str, DealProgress]:
    """By deal, what releases wait for."""
    receipts: dict[str, list[Receipt]] = {}
    for receipt in receipts_of(unit, deals):
        receipts.setdefault(receipt.deal, []).append(receipt)
    return {deal.id: progress_of(deal, receipts.get(deal.id, ())) for deal in records_by_id(unit, Deal, deals)}


def payees_named(unit: Unit, ids: Collection[str]) -> list[Payee]:
    """The people and partners of those ids, in that order; who is not known is left out."""
    return [found for id in ids if (found := find_payee(unit, id))]

"""What depends on everybody, found once for a calculation and handed to its parts."""

from collections.abc import Iterator
from datetime import date

from engine.app.calculating.open_pay import Groups, only_on
from engine.core.incentives.budgets import is_bounded
from engine.core.incentives.open_days import OpenDays
from engine.core.incentives.payees import Payee
from engine.core.incentives.together import Together, needs_credits, together
from engine.core.records import Credit, Grant, Partner, Person, Quota
from engine.core.rules.plan import Bonus
from engine.core.rules.rulebook import Rulebook
from engine.store.database import Unit
from engine.store.queries.pay import bodies_of, credits_of, first_credit_on, grants_of, quotas_of
from engine.store.reading import all_records
from engine.store.record_codec import text_record


def found_together(rulebook: Rulebook, unit: Unit, as_of: date, groups: Groups, shared: OpenDays) -> Together:
    """Shares, places, ranks and budgets of everybody, in windows with `shared` days. Credits and quotas are read only where
    some plan asks for them, and grants of settled days only where a bonus has a budget."""
    payees: tuple[Payee, ...] = (*all_records(unit, Person), *all_records(unit, Partner))
    grants = list(_grants(rulebook, unit, groups))
    if not needs_credits(rulebook):
        return together(rulebook, payees, (), grants, as_of, open=shared)
    if shared.every:
        return together(rulebook, payees, credits_of(unit), grants, as_of, quotas_of(unit))
    ids, only = [payee.id for payee in payees], only_on(shared, rulebook, as_of)
    credits = [text_record(Credit, body) for body in bodies_of(unit, Credit, ids, only)]
    quotas = [text_record(Quota, body) for body in bodies_of(unit, Quota, ids, only)]
    return together(rulebook, payees, credits, grants, as_of, quotas, shared, first_credit_on(unit))


def _grants(rulebook: Rulebook, unit: Unit, groups: Groups) -> Iterator[Grant]:
    """All of the bonuses that have a budget, and of the others what their payees' open days hold."""
    bonuses = (part for plan in rulebook.plans for part in plan.components if isinstance(part, Bonus))
    bounded = {bonus.id for bonus in bonuses if is_bounded(bonus)}
    if bounded:
        yield from grants_of(unit, components=bounded)
    open_ones = (text_record(Grant, body) for own, only in groups for body in bodies_of(unit, Grant, own, only))
    yield from (grant for grant in open_ones if grant.component not in bounded)

"""What depends on everybody, found once for a calculation and handed to its parts."""

from datetime import date

from engine.core.incentives.payees import Payee
from engine.core.incentives.together import Together, needs_credits, together
from engine.core.records import Partner, Person
from engine.core.rules.rulebook import Rulebook
from engine.store.database import Unit
from engine.store.queries.pay import credits_of, grants_of, quotas_of
from engine.store.reading import all_records


def found_together(rulebook: Rulebook, unit: Unit, as_of: date) -> Together:
    """Shares, places, ranks and budgets of everybody. Credits are read only where some plan asks for them."""
    payees: tuple[Payee, ...] = (*all_records(unit, Person), *all_records(unit, Partner))
    credits = credits_of(unit) if needs_credits(rulebook) else ()
    return together(rulebook, payees, credits, grants_of(unit), as_of, quotas_of(unit))

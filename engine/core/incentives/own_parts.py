"""What pays each payee by themselves: the parts of plans that an estimate can answer for from one payee's books.

A share of a pool, a place in a contest and a rank depend on what everybody does; nobody is told what others would do.
"""

from dataclasses import replace

from engine.core.incentives.together import asks_ranks
from engine.core.rules.plan import Bonus, Commission, Component
from engine.core.rules.rulebook import Rulebook


def pays_by_oneself(part: Component) -> bool:
    """True for a component that rests on the payee's own books and on budgets."""
    return isinstance(part, Commission | Bonus) and not asks_ranks(part)


def of_oneself(rulebook: Rulebook) -> Rulebook:
    """The rules without what depends on everybody."""
    plans = (replace(plan, components=tuple(filter(pays_by_oneself, plan.components))) for plan in rulebook.plans)
    return replace(rulebook, plans=tuple(plans))

"""Who may do what: one table of actions and roles, and whose things each role reaches.

Pay is private: a person sees their own; finance and ops read all of it; a manager sees sums of the team, never
another's line; an administrator manages users and sees nobody's pay but their own. Nobody approves their own run.
"""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from engine.app.views.choices import Belongs
from engine.app.views.users import User


class NotThere(Exception):
    """There is no such thing for this person: nobody has one of that id."""


class NotYours(NotThere):
    """There is one, but not for this person. Doors answer it exactly like `NotThere`."""


ROLES = ("rep", "manager", "ops", "finance", "admin")


class Reach(IntEnum):
    """Whose things an action may touch: nobody's, one's own, those of the people below one, everybody's."""

    NONE = 0
    OWN = 1
    TEAM = 2
    ALL = 3


def _row(rep: int = 0, manager: int = 0, ops: int = 0, finance: int = 0, admin: int = 0) -> Mapping[str, Reach]:
    reaches = (rep, manager, ops, finance, admin)
    return MappingProxyType({role: Reach(reach) for role, reach in zip(ROLES, reaches, strict=True)})


OWN, TEAM, ALL = Reach.OWN, Reach.TEAM, Reach.ALL

POLICY: Mapping[str, Mapping[str, Reach]] = MappingProxyType({
    "task.see": _row(rep=OWN, manager=TEAM, ops=ALL),
    "task.work": _row(rep=OWN, manager=TEAM, ops=OWN),
    "deal.see": _row(rep=OWN, manager=TEAM, ops=ALL, finance=ALL),
    "deal.work": _row(rep=OWN, manager=TEAM, ops=ALL),
    "ticket.see": _row(rep=OWN, manager=TEAM, ops=ALL),
    "ticket.work": _row(rep=OWN, manager=TEAM, ops=ALL),
    "team.see": _row(manager=TEAM, ops=ALL),
    "absence.tell": _row(rep=OWN, manager=TEAM, ops=ALL),
    "account.see": _row(rep=OWN, manager=TEAM, ops=ALL, finance=ALL),
    "account.work": _row(rep=OWN, manager=TEAM, ops=ALL),
    "account.merge": _row(manager=TEAM, ops=ALL),
    "score.give": _row(manager=TEAM, ops=ALL),
    "pool.see": _row(rep=ALL, manager=ALL, ops=ALL),
    "pool.claim": _row(rep=ALL, manager=ALL),
    "ownerless.see": _row(manager=ALL, ops=ALL),
    "ownerless.assign": _row(manager=ALL, ops=ALL),
    "approval.see": _row(rep=OWN, manager=TEAM, ops=ALL, finance=OWN),
    "approval.work": _row(rep=OWN, manager=OWN, ops=OWN, finance=OWN),
    "pay.see": _row(rep=OWN, manager=OWN, ops=ALL, finance=ALL, admin=OWN),
    "team_pay.see": _row(manager=TEAM, ops=ALL, finance=ALL),
    "run.see": _row(ops=ALL, finance=ALL),
    "run.calculate": _row(finance=ALL),
    "run.approve": _row(finance=ALL),
    "run.post": _row(finance=ALL),
    "run.export": _row(finance=ALL),
    "receivable.see": _row(ops=ALL, finance=ALL),
    "repayment.book": _row(finance=ALL),
    "repayment.approve": _row(finance=ALL),
    "house_credit.see": _row(ops=ALL, finance=ALL),
    "period.see": _row(ops=ALL, finance=ALL),
    "period.close": _row(finance=ALL),
    "rule.see": _row(ops=ALL, finance=ALL),
    "rule.check": _row(ops=ALL),
    "waiting.see": _row(ops=ALL, finance=ALL),
    "user.see": _row(admin=ALL),
    "user.manage": _row(admin=ALL),
})  # fmt: skip
"""action → role → reach. An action that is not here is allowed to nobody."""


def reach(user: User, action: str) -> Reach:
    """The widest reach that the user's roles give for the action."""
    row = POLICY.get(action, {})
    return max((row.get(role, Reach.NONE) for role in user.roles), default=Reach.NONE)


def may(user: User, action: str, belongs: Belongs | None = None) -> bool:
    """Whether the user may do this to that thing; without a thing, whether there is anything they may do it to."""
    width = reach(user, action)
    if width in (Reach.NONE, Reach.ALL) or not user.person:
        return width is Reach.ALL
    if belongs is None or user.person in belongs.people:
        return True
    return width is Reach.TEAM and user.person in belongs.managers


def sees_pay_of(user: User, payee: str) -> bool:
    """Whether the user may see this payee's amounts and lines."""
    return may(user, "pay.see", Belongs(frozenset({payee})))


def may_approve(user: User, author: str, action: str = "run.approve") -> bool:
    """Whether the user may approve what `author` (an actor as recorded) made: never their own."""
    return may(user, action) and author not in (user.name, user.person, user.actor)

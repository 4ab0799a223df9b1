"""The policy, sentence by sentence: who reaches whose things."""

import pytest

from engine.app.access import POLICY, ROLES, Reach, may, may_approve, reach, sees_pay_of
from engine.app.views.choices import Belongs
from engine.app.views.users import User
from engine.core.rules.header import Title


def user(*roles: str, person: str = "p-1", name: str = "u1") -> User:
    """Somebody with those roles."""
    return User(name, Title(name, name), person, roles)


OWN = Belongs(frozenset({"p-1"}))
BELOW = Belongs(frozenset({"p-2"}), frozenset({"p-1", "p-9"}))
ELSEWHERE = Belongs(frozenset({"p-3"}), frozenset({"p-9"}))
NOBODYS = Belongs()


def test_every_row_of_the_policy_names_every_role() -> None:
    assert all(set(row) == set(ROLES) for row in POLICY.values())


@pytest.mark.parametrize("role", ROLES)
def test_an_action_without_a_row_is_allowed_to_nobody(role: str) -> None:
    assert not may(user(role), "ledger.erase")


def test_somebody_without_a_role_may_do_nothing() -> None:
    assert not any(may(user(), action) for action in POLICY)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", [BELOW, ELSEWHERE, NOBODYS])
def test_another_s_pay_is_for_finance_and_operations_only(role: str, whose: Belongs) -> None:
    assert may(user(role), "pay.see", whose) is (role in ("ops", "finance"))


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_their_own_pay(role: str) -> None:
    assert sees_pay_of(user(role), "p-1")


def test_an_administrator_without_a_person_sees_nobody_s_pay() -> None:
    outsider = user("admin", person="")
    assert not sees_pay_of(outsider, "")
    assert not may(outsider, "pay.see")


def test_a_manager_works_on_the_deals_below_and_on_no_others() -> None:
    manager = user("manager")
    assert [may(manager, "deal.work", whose) for whose in (OWN, BELOW, ELSEWHERE, NOBODYS)] == [
        True,
        True,
        False,
        False,
    ]


def test_a_representative_reaches_nothing_below() -> None:
    assert [may(user("rep"), "deal.see", whose) for whose in (OWN, BELOW, ELSEWHERE)] == [True, False, False]


def test_roles_add_up() -> None:
    assert reach(user("rep", "manager"), "deal.see") is Reach.TEAM
    assert reach(user("rep", "finance"), "pay.see") is Reach.ALL


@pytest.mark.parametrize("author", ["p-1", "u1"])
def test_nobody_approves_what_they_made_under_either_name(author: str) -> None:
    assert not may_approve(user("finance"), author)
    assert may_approve(user("finance"), "p-2")


@pytest.mark.parametrize("role", set(ROLES) - {"finance"})
def test_only_finance_moves_money(role: str) -> None:
    actions = ("run.calculate", "run.approve", "run.post", "run.export", "period.close")
    assert not any(may(user(role), action) for action in actions)
    assert all(may(user("finance"), action) for action in actions)


def test_only_an_administrator_sees_users() -> None:
    assert [role for role in ROLES if may(user(role), "user.see")] == ["admin"]

"""Compares what the engine and the second calculation say is owed: `python -m tests.core.incentives.oracle.compare 10000 --seed 7`."""

from argparse import ArgumentParser
from datetime import date, time

from engine.core.formulas import EvaluationError
from engine.core.incentives.owed import owed
from engine.core.incentives.payee_desk import Books
from engine.core.money import Rounding
from engine.core.rules.company import Calendar, Company
from engine.core.rules.header import Header, InForce, Title
from engine.core.rules.rulebook import Rulebook
from tests.core.incentives.oracle.histories import Case, case
from tests.core.incentives.oracle.owed import lines_of
from tests.core.incentives.oracle.told import History, Line, Unpayable
from tests.core.incentives.simple import PLACE

SEED = "2026"
HIRED = date(2020, 1, 1)
OFFICE = ((time(9), time(18)),)


def rulebook_of(history: History) -> Rulebook:
    """The plans of a history as the engine reads them."""
    head = Header("company", "c", "company:c@1", PLACE, InForce(HIRED))
    company = Company(
        head, "CNY", "Asia/Shanghai", ("zh",), (history.fiscal_month, 1), 0, (time(9), time(18)), Rounding.HALF_UP, (), (),
        "cn", history.rates,
    )  # fmt: skip
    days_off = {day: Title() for day in history.holidays}
    head = Header("calendar", "cn", "calendar:cn@1", PLACE, InForce(HIRED))
    calendar = Calendar(head, "cn", (OFFICE,) * 5 + ((), ()), days_off, {}, "Asia/Shanghai")
    return Rulebook(
        company, (calendar,), (), (), (), (), history.plans, (), (), (), {}, (), "f", scorecards=history.cards
    )


def books_of(history: History) -> Books:
    """The records of a history as the engine reads them."""
    return Books(history.credits, (), history.quotas, history.progress, history.facts, history.scores)


def by_engine(history: History, as_of: date) -> list[Line] | None:
    """What the engine says is owed; None where it says that a rule needs what is missing."""
    try:
        found = owed(rulebook_of(history), history.person, books_of(history), as_of)
    except EvaluationError:
        return None
    return sorted(
        Line(
            line.version, line.component, line.window, line.source, line.on, line.earned.minor, line.released.minor,
            line.withheld.minor, line.taken_back.minor, line.earned.currency,
        )
        for line in found
    )  # fmt: skip


def by_hand(history: History, as_of: date) -> list[Line] | None:
    """What the second calculation says; None as well."""
    try:
        return sorted(lines_of(history, as_of))
    except Unpayable:
        return None


def compared(one: Case) -> str:
    """Empty when both agree on every line of every day; else the first day on which they do not, the lines, and the command
    that shows it again."""
    mine = {day: by_hand(one.history, day) for day in one.days}
    theirs = {day: by_engine(one.history, day) for day in one.days}
    return next((_told(one, day, mine[day], theirs[day]) for day in one.days if mine[day] != theirs[day]), "")


def _told(one: Case, day: date, mine: list[Line] | None, theirs: list[Line] | None) -> str:
    seed, number = one.name.split("/")
    again = f"python -m tests.core.incentives.oracle.compare 1 --seed {seed} --first {number}"
    rows = [f"  here   {line}" for line in mine or ["cannot be paid"] if line not in (theirs or ())]
    rows += [f"  engine {line}" for line in theirs or ["cannot be paid"] if line not in (mine or ())]
    return "\n".join([f"case {one.name} as of {day}: {again}", *rows])


def comparison(seed: str, count: int, first: int = 0) -> list[str]:
    """What came of so many cases of a seed, from a number on: empty for each that agreed."""
    return [compared(case(seed, number)) for number in range(first, first + count)]


def main() -> int:
    """Prints how many cases agreed and each that did not; 1 when any did not."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", default=SEED)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int, default=5)
    asked = parser.parse_args()
    found = comparison(asked.seed, asked.count, asked.first)
    wrong = [text for text in found if text]
    for text in wrong[: asked.show]:
        print(text)
    agreed = f"{len(found) - len(wrong)} of {len(found)} plans and histories"
    print(f"{agreed} agree to the last minor unit, line by line (seed {asked.seed})")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

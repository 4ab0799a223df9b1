"""Targets: shares are whole, measures and parents exist, and goals are within reach."""

import re
from collections.abc import Iterator
from fractions import Fraction

from engine.core.numerals import shown_number
from engine.core.periods import parse_period
from engine.core.problems import Place, Problem
from engine.core.rules.rulebook import Rulebook
from engine.core.rules.targets import Targets
from engine.rulefiles.checks.finding import finding, listed
from engine.rulefiles.tables import beside
from engine.rulefiles.values import nearest_first

_WHAT = {"quarters": ("the quarters", "各季度"), "months": ("the months", "各月"), "people": ("the people", "各人员")}


def weights_are_whole(rulebook: Rulebook) -> Iterator[Problem]:
    """R257 when quarters are not four or months not twelve, R247 when they do not total 100 %."""
    for target in rulebook.targets:
        for key, weights, needed in (("quarters", target.split.quarters, 4), ("months", target.split.months, 12)):
            if weights is None:
                continue
            path = ("split", key)
            if len(weights) != needed:
                counts = {"found": str(len(weights)), "needed": str(needed)}
                yield finding(rulebook, target.header, path, "R257", **counts)
            elif sum(weights) != 1:
                yield finding(rulebook, target.header, path, "R247", **_total(key, sum(weights, Fraction(0))))


def shares_are_whole(rulebook: Rulebook) -> Iterator[Problem]:
    """R247 when the people's shares do not total 100 %; at the table, where they are changed."""
    for target in rulebook.targets:
        total = sum((share for _, share in target.split.people), Fraction(0))
        if target.split.people and total != 1:
            named = finding(rulebook, target.header, ("split", "people", "table"), "R247", **_total("people", total))
            table = _table(rulebook, named)
            yield Problem("R247", Place(table, 1, 1), named.params) if table else named


def _table(rulebook: Rulebook, named: Problem) -> str:
    """The path of the CSV file that a problem's place names."""
    line = next(file.text for file in rulebook.files if file.path == named.place.file).splitlines()[
        named.place.line - 1
    ]
    written = line[named.place.column - 1 : named.place.column - 1 + named.width].strip("'\"")
    path = beside(named.place.file, written)
    return path if any(file.path == path for file in rulebook.files) else ""


def _total(key: str, total: Fraction) -> dict[str, str]:
    """The particulars of R247."""
    what, what_zh = _WHAT[key]
    return {"what": what, "what_zh": what_zh, "total": f"{shown_number(total * 100)}%"}


def measures_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R264 for a target whose measure is no credit and no measure of the vocabulary."""
    known = list(dict.fromkeys(rule.name for plan in rulebook.plans for rule in plan.credits))
    known += [measure.name for measure in rulebook.measures()]
    for target in rulebook.targets:
        if target.measure not in known:
            names = listed(nearest_first(target.measure, known))
            yield finding(rulebook, target.header, ("measure",), "R264", found=target.measure, known=names)


def parents_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """R256 for a target that serves one which is not there, or itself."""
    known = list(dict.fromkeys(target.header.id for target in rulebook.targets))
    for target in rulebook.targets:
        others = [name for name in known if name != target.header.id]
        if target.parent and target.parent not in others:
            names = listed(nearest_first(target.parent, others))
            yield finding(rulebook, target.header, ("parent",), "R256", found=target.parent, known=names)


def goals_can_be_achieved(rulebook: Rulebook) -> Iterator[Problem]:
    """R255 for a goal that exceeds last year's by more than the target's own limit."""
    for target in rulebook.targets:
        before = _year_before(target, rulebook)
        if before is None or target.stretch_limit is None or before.goal.currency != target.goal.currency:
            continue
        growth = Fraction(target.goal.minor, max(before.goal.minor, 1)) - 1
        if growth > target.stretch_limit:
            params = {
                "growth": f"{shown_number(growth * 100)}%",
                "last": str(before.goal),
                "limit": f"{shown_number(target.stretch_limit * 100)}%",
            }
            yield finding(rulebook, target.header, ("goal",), "R255", **params)


def _year_before(target: Targets, rulebook: Rulebook) -> Targets | None:
    """The target of the same name and measure for the same span a year earlier."""
    year = int(target.period[:4])
    wanted = (re.sub(str(year), str(year - 1), target.header.id), f"{year - 1}{target.period[4:]}", target.measure)
    return next((t for t in rulebook.targets if (t.header.id, t.period, t.measure) == wanted), None)


def a_period_has_one_goal(rulebook: Rulebook) -> Iterator[Problem]:
    """R265 for a second file of one target whose period overlaps: the period says when a goal counts, not `in_force`."""
    for number, target in enumerate(rulebook.targets):
        for earlier in rulebook.targets[:number]:
            if earlier.header.id == target.header.id and _overlap(earlier, target, rulebook):
                params = {"target": target.header.id, "period": target.period, "other_place": str(earlier.header.place)}
                yield finding(rulebook, target.header, ("period",), "R265", **params)


def _overlap(one: Targets, other: Targets, rulebook: Rulebook) -> bool:
    """True when some day lies in the periods of both."""
    first, second = (parse_period(target.period, rulebook.company) for target in (one, other))
    return first.start < second.end and second.start < first.end

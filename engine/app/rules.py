"""Rule files for people: the list with its problems, one file, a check of a text, schemas, and putting a folder in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from engine.app.access import NotThere
from engine.app.dealwright import Dealwright
from engine.app.reading import header_title
from engine.app.refusals import Problems, not_done
from engine.app.views.rules import RuleFileView, RuleList, RuleRow
from engine.core.problems import Problem, in_file_order
from engine.core.rules.rulebook import Rule
from engine.core.triggers import triggers
from engine.matching import preflight
from engine.rulefiles.loading import find_rules, load_rules, load_texts
from engine.rulefiles.pages import write_made_files
from engine.store.database import Unit
from engine.store.periods import PeriodBook
from engine.store.releases import ReleaseBook


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a folder found: how many rule versions, their fingerprint, every problem."""

    count: int
    fingerprint: str
    problems: Problems


@dataclass(frozen=True, slots=True)
class Released:
    """A release: its fingerprint, or why there is none."""

    fingerprint: str = ""
    problems: Problems = ()


def check_folder(rules: Path | None) -> Checked:
    """Every problem of the folder, errors and warnings, in file order; rules without errors are tried in the matcher."""
    loaded = load_rules(find_rules(rules))
    book = loaded.rulebook
    if book is None:
        return Checked(0, "", loaded.problems)
    problems = in_file_order([*loaded.problems, *preflight(triggers(book), book.facts)])
    return Checked(len(book.rules()), book.fingerprint, problems)


def write_made(folder: Path) -> tuple[Path, ...]:
    """Renews what is made in a rule folder, schemas and pages, and gives the paths of the files that differed."""
    return tuple(folder / name for name in write_made_files(folder))


def rule_list(dw: Dealwright) -> RuleList:
    """All rules in file order with the number of problems of each file."""
    rows = tuple(_row(dw, rule, dw.warnings) for rule in dw.rulebook.rules())
    return RuleList(tuple(sorted(rows, key=lambda row: row.place)), dw.warnings, dw.rulebook.fingerprint)


def _row(dw: Dealwright, rule: Rule, problems: Iterable[Problem]) -> RuleRow:
    head, today = rule.header, dw.now().astimezone(dw.zone).date()
    span = head.in_force
    status = "in_force" if span.covers(today) else "scheduled" if today < span.from_on else "ended"
    own = sum(problem.place.file == head.place.file for problem in problems)
    return RuleRow(head.kind, head.id, header_title(head), head.place, status, span.from_on, span.until_on, head.version, own)


def rule_file(dw: Dealwright, path: str) -> RuleFileView:
    """One file with its exact text. Raises NotThere; only files of the rulebook are ever shown."""
    text = next((file.text for file in dw.rulebook.files if file.path == path), None)
    if text is None:
        raise NotThere(path)
    own = tuple(problem for problem in dw.warnings if problem.place.file == path)
    rows = tuple(_row(dw, rule, dw.warnings) for rule in dw.rulebook.rules() if rule.header.place.file == path)
    return RuleFileView(path, text, sha256(text.encode()).hexdigest(), rows, own)


def check_text(dw: Dealwright, path: str, text: str) -> Problems:
    """The problems that the folder would have with this text in that file; nothing is kept."""
    files = {file.path: file.text for file in dw.rulebook.files} | {path: text}
    return tuple(problem for problem in load_texts(files).problems if problem.place.file == path)


def release(dw: Dealwright, reason: str, author: str, approver: str) -> Released:
    """The folder's rules put in force and kept as text. Refused when a version that decided a closed period is gone."""
    if author == approver:
        return Released(problems=(not_done("E114", author=author),))
    return dw.database.run(lambda unit: _release(dw, unit, reason, author, approver))


def _release(dw: Dealwright, unit: Unit, reason: str, author: str, approver: str) -> Released:
    book = ReleaseBook(unit)
    before = book.newest()
    if before and before.fingerprint == dw.rulebook.fingerprint:
        return Released(before.fingerprint)
    gone = _edited_behind_a_close(dw, unit, book)
    if gone:
        return Released(problems=gone)
    now = dw.now()
    made = book.propose(dw.rulebook.fingerprint, dw.rulebook.files, author=author, reason=reason, made_at=now,
                        in_force_from=now.astimezone(dw.zone).date())  # fmt: skip
    book.decide(made.seq, approved=True, by=approver, at=now, reason=reason)
    return Released(dw.rulebook.fingerprint)


def _edited_behind_a_close(dw: Dealwright, unit: Unit, book: ReleaseBook) -> Problems:
    """Versions of the release before that were in force in a closed period and are not there with the same text."""
    before = book.newest()
    closed = [period for period in PeriodBook(unit).all() if period.state == "closed"]
    if before is None or not closed:
        return ()
    loaded = load_texts({file.path: file.text for file in book.files(before.seq)}).rulebook
    now = {rule.header.version for rule in dw.rulebook.rules()}
    gone = [rule for rule in loaded.rules() if rule.header.version not in now] if loaded else []
    return tuple(
        not_done("E113", rule=f"{rule.header.kind} {rule.header.id}", period=period.id)
        for rule in gone
        for period in closed[-1:]
        if rule.header.kind in ("plan", "programme", "targets") and rule.header.in_force.from_on < period.until_on
    )

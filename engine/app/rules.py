"""Rule files for people: the list with its problems, one file, a check of a text, schemas, and putting a folder in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from engine.app.access import NotThere
from engine.app.dealwright import Dealwright
from engine.app.reading import header_title
from engine.app.refusals import Problems
from engine.app.views.rules import RuleFileView, RuleList, RuleRow
from engine.core.problems import Problem, in_file_order
from engine.core.rules.rulebook import Rule
from engine.core.triggers import triggers
from engine.matching import preflight
from engine.rulefiles.loading import find_rules, load_rules, load_texts
from engine.rulefiles.pages import write_made_files


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a folder found: how many rule versions, their fingerprint, every problem."""

    count: int
    fingerprint: str
    problems: Problems


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
    return RuleRow(
        head.kind, head.id, header_title(head), head.place, status, span.from_on, span.until_on, head.version, own
    )


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

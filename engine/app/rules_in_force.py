"""Which rules are in force: those that were released, not those that happen to stand in the folder.

The first rules that a database meets are its first release. From then on an edited folder changes nothing until it is
released (`releasing.py`).
"""

from dataclasses import replace
from datetime import datetime

from engine.app.refusals import Problems, not_done
from engine.core.rules.cadence import Cadence
from engine.core.rules.rulebook import Rulebook
from engine.rulefiles.loading import load_texts
from engine.store.database import Database, Unit
from engine.store.queries.enrolments import running_versions
from engine.store.releases import Release, ReleaseBook

FIRST = ("folder", "first opening")
"""Author and approver of a database's first release, which nobody had to agree to: nothing had been decided yet."""


def in_force(database: Database, folder: Rulebook, now: datetime) -> tuple[Rulebook, Problems]:
    """The rulebook that was released last, with a warning when the folder says something else."""
    newest = database.run(lambda unit: _newest_or_first(unit, folder, now))
    if newest.fingerprint == folder.fingerprint:
        return with_former(database, folder), ()
    with database.unit() as unit:
        loaded = load_texts({file.path: file.text for file in ReleaseBook(unit).files(newest.seq)})
    if loaded.rulebook is None:
        raise RuntimeError(
            f"the rules of release {newest.seq} can no longer be read: {[p.render() for p in loaded.problems]}"
        )
    return with_former(database, loaded.rulebook), (
        not_done("E119", folder=folder.fingerprint[:12], released=newest.fingerprint[:12]),
    )


def with_former(database: Database, rulebook: Rulebook, running: Database | None = None) -> Rulebook:
    """The rulebook with every cadence version of an earlier release of that database by which some enrolment still goes,
    there or in the database that is given as `running`."""
    held = {cadence.header.version for cadence in rulebook.cadences}
    with (running or database).unit() as unit:
        wanted = set(running_versions(unit)) - held
    with database.unit() as unit:
        book, found = ReleaseBook(unit), dict[str, Cadence]()
        for release in book.all("approved") if wanted else ():
            earlier = load_texts({file.path: file.text for file in book.files(release.seq)}).rulebook
            found |= {c.header.version: c for c in (earlier.cadences if earlier else ()) if c.header.version in wanted}
            if found.keys() >= wanted:
                break
    return replace(rulebook, former=tuple(found[version] for version in sorted(found))) if found else rulebook


def _newest_or_first(unit: Unit, folder: Rulebook, now: datetime) -> Release:
    newest = ReleaseBook(unit).newest()
    return newest or approved(unit, folder, *FIRST, "the first rules of this database", now)


def approved(unit: Unit, rulebook: Rulebook, author: str, approver: str, reason: str, now: datetime) -> Release:
    """The rulebook proposed and approved, its exact text kept."""
    book, on = ReleaseBook(unit), now.date()
    made = book.propose(
        rulebook.fingerprint, rulebook.files, author=author, reason=reason, made_at=now, in_force_from=on
    )
    book.decide(made.seq, approved=True, by=approver, at=now, reason=reason)
    return made

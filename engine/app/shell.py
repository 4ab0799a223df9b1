"""What stands around every page: the company, the moment, the rulebook, and what waits for the viewer."""

from engine.app.access import may
from engine.app.approvals import asked_of
from engine.app.dealwright import Dealwright
from engine.app.ownerless import how_many_ownerless
from engine.app.reading import header_title
from engine.app.tasks import waiting
from engine.app.views.users import Shell, User
from engine.app.waiting_room import how_many
from engine.store.queries.holdings import count_pooled
from engine.store.runs import RunBook


def shell(dw: Dealwright, viewer: User | None, *, demo: bool = False) -> Shell:
    """The shell for a viewer; without one, no counts."""
    company = dw.rulebook.company
    counts: list[tuple[str, int]] = []
    if viewer and may(viewer, "task.see"):
        counts.append(("tasks", waiting(dw, viewer)))
    if viewer and viewer.person and may(viewer, "approval.work"):
        counts.append(("approvals", asked_of(dw, viewer.person)))
    if viewer and may(viewer, "rule.see"):
        counts.append(("rules", len(dw.warnings)))
    if viewer and may(viewer, "waiting.see"):
        counts.append(("waiting", how_many(dw)))
    if viewer and may(viewer, "pool.see"):
        with dw.database.unit() as unit:
            counts.append(("pool", count_pooled(unit)))
    if viewer and may(viewer, "ownerless.see"):
        counts.append(("ownerless", how_many_ownerless(dw)))
    if viewer and may(viewer, "run.see"):
        with dw.database.unit() as unit:
            counts.append(("payouts", len([run for run in RunBook(unit).all() if run.state in ("draft", "approved")])))
    years = sorted({year for calendar in dw.rulebook.calendars for year in calendar.provisional_years})
    now = dw.now()
    soon = tuple(year for year in years if year <= now.year + 1)
    return Shell(
        header_title(company.header), company.time_zone, now, dw.rulebook.fingerprint, tuple(counts), demo, soon
    )

"""The words for every code that a page shows. A code without words here shows as it is, and a test finds it."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import gettext
from flask_babel import lazy_gettext as _

WORDS: Mapping[str, Mapping[str, object]] = MappingProxyType({
    "role": {
        "rep": _("representative"), "manager": _("manager"), "ops": _("sales operations"), "finance": _("finance"),
        "admin": _("administrator"),
    },
    "group": {
        "overdue": _("Overdue"), "today": _("Today"), "this_week": _("This week"), "later": _("Later"),
        "done_today": _("Done today"),
    },
    "presence": {"out": _("out of office"), "on_leave": _("on leave"), "gone": _("has left")},
    "task": {"open": _("open"), "done": _("done"), "skipped": _("skipped"), "cancelled": _("called off")},
    "deal": {"open": _("open"), "won": _("won"), "lost": _("lost"), "cancelled": _("cancelled")},
    "ticket": {
        "open": _("to be answered"), "replied": _("answered"), "on_hold": _("on hold"), "resolved": _("resolved"),
        "closed": _("closed"),
    },
    "clock": {"due": _("due"), "met": _("kept"), "paused": _("on hold"), "failed": _("missed")},
    "promise": {
        "failed": _("missed"), "fulfilled": _("kept"), "paused": _("on hold"),
        "first_response_due": _("first response due"), "next_response_due": _("answer due"),
        "resolution_due": _("resolution due"), "": _("nothing promised"),
    },
    "stage": {
        "passed": _("passed"), "current": _("here now"), "next": _("next"), "later": _("later"),
        "closed": _("ends the deal"),
    },
    "approval": {
        "pending": _("waits"), "granted": _("granted"), "refused": _("refused"), "recalled": _("taken back"),
        "void": _("void"), "missing": _("not asked yet"),
    },
    "seat": {
        "waits": _("is asked"), "granted": _("agreed"), "refused": _("refused"), "not_needed": _("not needed"),
    },
    "line": {
        "held": _("held back"), "payable": _("payable"), "paid": _("paid"), "clawed_back": _("clawed back"),
        "reversed": _("reversed"), "earned": _("earned"),
    },
    "run": {"draft": _("draft"), "approved": _("approved"), "posted": _("posted"), "exported": _("exported")},
    "done": {
        "calculated": _("calculated"), "approved": _("approved"), "posted": _("posted"), "exported": _("exported"),
        "closed": _("closed"),
    },
    "period": {"open": _("open"), "closed": _("closed")},
    "repayment": {"proposed": _("waits for approval"), "posted": _("posted"), "declined": _("declined")},
    "rule": {
        "in_force": _("in force"), "scheduled": _("scheduled"), "ended": _("ended"), "broken": _("cannot be read"),
    },
    "kind": {
        "company": _("Company"), "calendar": _("Calendar"), "vocabulary": _("Vocabulary"), "pipeline": _("Pipeline"),
        "cadence": _("Cadence"), "automation": _("Automation"), "template": _("Message template"),
        "assignment": _("Assignment rule"), "public_pool": _("Public pool"), "task_policy": _("Task policy"), "plan": _("Incentive plan"),
        "programme": _("Partner programme"), "ladder": _("Career ladder"), "targets": _("Targets"),
        "scorecard": _("Scorecard"), "profile": _("Profile"), "approval": _("Approval"), "service_level": _("Service level"),
    },
    "severity": {"error": _("error"), "warning": _("warning")},
    "enrolment": {
        "running": _("under way"), "paused": _("paused"), "pending": _("waits for room"), "ended": _("ended"),
    },
    "message": {"waiting": _("waiting"), "claimed": _("being sent"), "failed": _("failed")},
    "export": {"detail": _("detail"), "summary": _("summary")},
    "explained": {"task": _("task"), "line": _("earning line"), "entry": _("ledger entry")},
    "bool": {"true": _("yes"), "false": _("no")},
})  # fmt: skip


def word(code: str, family: str) -> str:
    """The words for a code of a family, in the page's language; the code itself where there are none."""
    found = WORDS[family].get(code)
    return str(found) if found is not None else code


def late_by(days: int) -> str:
    """`1 day late`."""
    return gettext("%(days)s days late", days=days) if days != 1 else gettext("1 day late")

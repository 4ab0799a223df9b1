"""What a cadence's policy says, and by which version an enrolment goes."""

from engine.core.formulas import EvaluationError
from engine.core.records import Enrolment
from engine.core.rules.cadence import Cadence
from engine.core.rules.policy import DEFAULT_POLICY
from engine.core.rules.rulebook import Rulebook
from engine.core.workflow.business_time import TimePolicy


def setting(cadence: Cadence, key: str) -> str:
    """The cadence's value of a policy key, or the key's default."""
    return cadence.policy.get(key) or DEFAULT_POLICY[key]


def limit(cadence: Cadence, key: str) -> int | None:
    """The cadence's limit of that name; None: no limit."""
    return int(cadence.policy[key]) if key in cadence.policy else None


def time_policy(cadence: Cadence) -> TimePolicy:
    """How the cadence counts time."""
    names = ("weekend_start", "on_nonworking", "defer_time", "day_arithmetic")
    return TimePolicy(**{name: setting(cadence, name) for name in names})


def version_of(enrolment: Enrolment, rulebook: Rulebook) -> Cadence | None:
    """The cadence version that the enrolment is pinned to, or None when nothing that is kept holds it."""
    versions = (*rulebook.cadences, *rulebook.former)
    return next((cadence for cadence in versions if cadence.header.version == enrolment.version), None)


def pinned(enrolment: Enrolment, rulebook: Rulebook) -> Cadence:
    """The cadence version that the enrolment is pinned to. Raises E043 when nothing that is kept holds it."""
    cadence = version_of(enrolment, rulebook)
    if cadence is None:
        raise EvaluationError("E043", enrolment.cause.place, enrolment=enrolment.id, version=enrolment.version)
    return cadence


def policy_of(enrolment: Enrolment, rulebook: Rulebook, key: str) -> str:
    """The policy that the enrolment goes by; the key's default when its version is gone."""
    cadence = version_of(enrolment, rulebook)
    return setting(cadence, key) if cadence else DEFAULT_POLICY[key]

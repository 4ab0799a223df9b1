"""What came of something a person asked for, in one shape, whatever the use case returned."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.core.outcomes import Missing
from engine.core.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Answer:
    """`done` False: nothing changed; `problems` or `missing` (unmet criteria) say why. `id`: what was made.
    `waits`: it is done once somebody has agreed."""

    done: bool = True
    problems: tuple[Problem, ...] = ()
    missing: tuple[Missing, ...] = ()
    id: str = ""
    waits: bool = False


def answer_to(result: object) -> Answer:
    """The answer in a use case's result: problems, a `Recorded`, or whatever was made (its id is kept)."""
    if isinstance(result, Answer):
        return result
    if isinstance(result, Problem):
        return Answer(done=False, problems=(result,))
    if isinstance(result, tuple | list):
        return Answer(done=not result, problems=tuple(result))
    if getattr(result, "problems", ()):
        return Answer(done=False, problems=tuple(result.problems))  # type: ignore[attr-defined]
    if hasattr(result, "status") and hasattr(result, "refused"):
        return _recorded(result)
    return Answer(id=str(getattr(result, "id", "") or getattr(getattr(result, "row", None), "id", "")))


def _recorded(result: object) -> Answer:
    """A second delivery of the same is as good as the first; everything else that was not recorded is a refusal."""
    refused, problem = getattr(result, "refused", None), getattr(result, "problem", None)
    done = getattr(result, "status", "") in ("recorded", "repeated") and refused is None
    if refused is not None:
        params: Mapping[str, str] = dict(refused.params)
        place = getattr(refused.cause, "place", Place(""))
        return Answer(False, (Problem(refused.code, place, params),), tuple(refused.missing))
    waits = any(getattr(one, "reason", "") == "waits_for_approval" for one in getattr(result, "outcomes", ()))
    return Answer(done, (problem,) if problem is not None else (), waits=waits)

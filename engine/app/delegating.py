"""To whom a task may be given, by its policy."""

from engine.app.dealwright import Dealwright
from engine.app.reading import Around
from engine.app.views.choices import Choice
from engine.core.events import Event
from engine.core.facts import facts_of
from engine.core.records import Task
from engine.core.situation import Situation, State
from engine.core.workflow.task_care import together
from engine.core.workflow.task_terms import terms_of


def colleagues(dw: Dealwright, state: State, task: Task, known: Around) -> tuple[Choice, ...]:
    """Everybody who works here and may have the task, without whoever has it, by name."""
    now = dw.now()
    deal = state.deal(task.deal) if task.deal else None
    event = Event("task.delegated", task.id, "", "", now, now.astimezone(dw.zone).date())
    situation = Situation(state, deal, facts_of(event, state, dw.rulebook, deal), frozenset())
    terms = terms_of(event, situation, dw.rulebook, task)
    allowed, owner = terms.policy.delegate if terms else "company", state.person(task.owner)
    if allowed == "nobody":
        return ()
    here = (one for one in known.people.values() if one.id != task.owner and one.employed(event.on))
    mates = [one for one in here if allowed == "company" or together(owner, one, state, event)]
    return tuple(Choice(one.id, known.person(one.id)) for one in sorted(mates, key=lambda one: (one.name, one.id)))

"""The C module of durable-rules, used as a stateless matcher of one flat fact of whole numbers at a time.

One ruleset has one `sid`; a fact is asserted, every rule that fired is drained, the fact is retracted. Nothing stays
behind, nothing is shared, no timers run. Whatever else the module answers is a NativeFailure, and the ruleset is
thrown away: after an error a fact may be half stored and would fire for the next event.

Run as a program, this file is the child process of the pre-flight: see `main`.
"""

import json
import sys
from itertools import count

import durable_rules_engine as durable

MOST_CHAINS = 56
"""Rules in one ruleset. More than 64 that are true at once are error 303; from 256 on the module may crash."""

WARM = ',"w":1'
"""The fields of a fact that fires the rule `warm`, which each ruleset has."""


class NativeFailure(Exception):
    """The C module refused, or answered what it should not."""


class Ruleset:
    """A ruleset in the C module. Not safe for two threads at once: the caller holds a lock."""

    def __init__(self, name: str, definition: str) -> None:
        """`definition` is the JSON of the rules by name. NativeFailure when the module refuses it."""
        try:
            self._handle = durable.create_ruleset(name, definition)
        except Exception as error:
            raise NativeFailure(f"create_ruleset: {error}") from error
        self._ids = count(1)

    def fired(self, fields: str) -> list[str]:
        """The names of all rules that hold for a fact of these fields (`,"f0":1,"f1":-5`)."""
        head = f'{{"id":"{next(self._ids)}","sid":"1"'
        try:
            code, state = durable.assert_fact(self._handle, f"{head}{fields}}}")
            if code == 1:
                return []
            if code != 0:
                raise NativeFailure(f"assert_fact gave {code}")
            found = self._drained(state, head)
            code, _ = durable.retract_fact(self._handle, f"{head}}}")
        except NativeFailure:
            raise
        except Exception as error:
            raise NativeFailure(str(error)) from error
        if code != 0:
            raise NativeFailure(f"retract_fact gave {code}")
        return found

    def _drained(self, state: int, head: str) -> list[str]:
        """The rules that wait to run, each of which must be about the fact that was just asserted."""
        started = durable.start_action_for_state(self._handle, state)
        if not started:
            raise NativeFailure("a fact matched, but no rule fired")
        found: list[str] = []
        frame = started[1]
        while frame:
            name, _, message = frame[2:].partition('":{"m":')
            if not message.startswith(head):
                raise NativeFailure(f"a rule fired for another fact: {frame}")
            if len(found) > MOST_CHAINS:
                raise NativeFailure("more rules fired than there are")
            found.append(name)
            frame = durable.complete_and_start_action(self._handle, state)
        return found

    def close(self) -> None:
        """Give the memory back. A state may only be deleted after one of its rules has run: hence the warm rule."""
        if self.fired(WARM) != ["warm"]:
            raise NativeFailure("the warm rule did not fire alone")
        durable.delete_state(self._handle, "1")
        durable.delete_ruleset(self._handle)


def main() -> None:
    """One line in, one line out: `{"name", "definition", "facts": [fields]}` gives the list of what each fact fired.

    A failure is `{"failure": reason}`. A crash or a hang leaves fewer lines than were asked for.
    """
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            ruleset = Ruleset(asked["name"], asked["definition"])
            answer: object = [ruleset.fired(fields) for fields in asked["facts"]]
            ruleset.close()
        except NativeFailure as failure:
            answer = {"failure": str(failure)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

"""A rulebook's trial before it is used: the C module tries every ruleset in a child process, which may crash or hang.

What the child found is compared with plain arithmetic on the chains, and the proposals with the exact evaluator.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.core.fact_types import FactType
from engine.core.formulas import EvaluationError, Facts
from engine.core.problems import Problem, in_file_order
from engine.core.triggers import Trigger
from engine.matching import native
from engine.matching.buckets import Bucket, Sheaf, bucketed
from engine.matching.samples import TESTS, samples

_HUNG = ("the matcher did not answer in time", "匹配器未按时应答")
_CRASHED = ("the matcher's process ended unexpectedly", "匹配器进程意外结束")
_REFUSED = ("the matcher refused: {}", "匹配器拒绝：{}")
_WRONG = ("the matcher disagreed with the exact evaluation", "匹配器与精确求值结果不一致")

Reason = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Trial:
    """A bucket, and for each sample of facts what was projected and what only the exact evaluator can decide."""

    bucket: Bucket
    facts: tuple[Facts, ...]
    texts: tuple[list[str], ...]
    undecided: tuple[set[int], ...]

    def asked(self, sheaf: Sheaf) -> str:
        """The line for the child."""
        fields = ["".join(sheaf.pick(texts)) for texts in self.texts]
        return json.dumps({"name": sheaf.name, "definition": sheaf.definition, "facts": fields})


def preflight(triggers: Iterable[Trigger], facts: Mapping[str, FactType], timeout: float = 20.0) -> tuple[Problem, ...]:
    """R290 for every rule file whose conditions the matcher cannot be trusted with; empty when all is well.

    `timeout` is in seconds, for the whole trial in the child process.
    """
    trials = [_trial(bucket, facts) for bucket in bucketed(triggers, facts, "preflight").values()]
    work = [(trial, sheaf) for trial in trials for sheaf in trial.bucket.sheaves]
    answers, broken = _asked([trial.asked(sheaf) for trial, sheaf in work], timeout)
    answered = [(trial, sheaf, answer) for (trial, sheaf), answer in zip(work, answers, strict=False)]
    found = [problem for one in answered for problem in _judged(*one)]
    if broken:
        trial, sheaf = work[len(answers)]
        found += _of_sheaf(trial.bucket, sheaf, broken)
    fired = {sheaf.name: answer for _, sheaf, answer in answered if isinstance(answer, list)}
    return in_file_order([*found, *(problem for trial in trials for problem in _missing(trial, fired))])


def _trial(bucket: Bucket, facts: Mapping[str, FactType]) -> _Trial:
    made = tuple(samples(bucket, facts))
    projected = [bucket.projection.project(one) for one in made]
    return _Trial(bucket, made, tuple(texts for texts, _ in projected), tuple(odd for _, odd in projected))


def _asked(lines: Sequence[str], timeout: float) -> tuple[list[Any], Reason | None]:
    """The child's answers, as many as came, and why there are not more."""
    if not lines:
        return [], None
    command, text = [sys.executable, "-P", native.__file__], "\n".join(lines)
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as late:
        return _read(late.stdout or b""), _HUNG
    answers = _read(done.stdout)
    return answers, None if len(answers) == len(lines) else _CRASHED


def _read(output: str | bytes) -> list[Any]:
    """The complete lines of an output."""
    text = output.decode("utf-8", "replace") if isinstance(output, bytes) else output
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def _judged(trial: _Trial, sheaf: Sheaf, answer: Any) -> list[Problem]:
    """What is wrong with the child's answer about one ruleset."""
    if isinstance(answer, list):
        return _problems(trial.bucket, _misfired(trial, sheaf, answer), _WRONG)
    en, zh = _REFUSED
    return _of_sheaf(trial.bucket, sheaf, (en.format(answer["failure"]), zh.format(answer["failure"])))


def _misfired(trial: _Trial, sheaf: Sheaf, answer: list[list[str]]) -> set[int]:
    """The triggers of chains that fired when they should not, or the other way round, or twice."""
    wrong: set[int] = set()
    for texts, names in zip(trial.texts, answer, strict=True):
        codes = {slot: int(text.rpartition(":")[2]) for slot, text in enumerate(texts) if text}
        expected = {name for name, chain in zip(sheaf.hits, sheaf.chains, strict=True) if _met(chain, codes)}
        strange = expected ^ set(names) or {name for name in names if names.count(name) > 1}
        wrong.update(number for name in strange for number in sheaf.hits.get(name, range(len(trial.bucket.triggers))))
    return wrong


def _met(chain: Iterable[tuple[int, str, int]], codes: Mapping[int, int]) -> bool:
    return all(slot in codes and TESTS[operator](codes[slot], code) for slot, operator, code in chain)


def _missing(trial: _Trial, fired: Mapping[str, list[list[str]]]) -> Iterator[Problem]:
    """Problems of triggers that hold, or raise, and were not proposed."""
    bucket, missed = trial.bucket, set[int]()
    sheaves = [(sheaf.hits, fired[sheaf.name]) for sheaf in bucket.sheaves if sheaf.name in fired]
    complete = len(sheaves) == len(bucket.sheaves)
    for row, facts in enumerate(trial.facts if complete else ()):
        proposed = bucket.always | trial.undecided[row]
        proposed |= {number for hits, answers in sheaves for name in answers[row] for number in hits.get(name, ())}
        missed.update(
            number for number, one in enumerate(bucket.triggers) if number not in proposed and _matters(one, facts)
        )
    yield from _problems(bucket, missed, _WRONG)


def _matters(trigger: Trigger, facts: Facts) -> bool:
    """True when the condition holds, or cannot be evaluated: either must be proposed."""
    try:
        return trigger.when is None or trigger.when.holds(facts)
    except EvaluationError:
        return True


def _of_sheaf(bucket: Bucket, sheaf: Sheaf, reason: Reason) -> list[Problem]:
    return _problems(bucket, {number for numbers in sheaf.hits.values() for number in numbers}, reason)


def _problems(bucket: Bucket, numbers: Iterable[int], reason: Reason) -> list[Problem]:
    """A problem for each file of those triggers, at the first of them."""
    those = (bucket.triggers[number].place for number in sorted(numbers, reverse=True))
    places = {place.file: place for place in those}
    params = {"type": bucket.type, "reason_en": reason[0], "reason_zh": reason[1]}
    return [Problem("R290", place, params) for place in places.values()]

"""Refusals as problems, so that every door words them alike."""

from engine.core.incentives.ledger import Refusal
from engine.core.problems import Place, Problem

Problems = tuple[Problem, ...]


def not_done(code: str, **params: str) -> Problem:
    """Something that a person asked for and that is not done, by the code of its words."""
    return Problem(code, Place(""), params)


def refusal_problem(refusal: Refusal) -> Problem:
    """A core refusal as a problem."""
    return Problem(refusal.code, Place(""), dict(refusal.params))

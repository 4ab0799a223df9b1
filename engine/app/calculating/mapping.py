"""What carries out the parts of a calculation: this process, several processes, or a cluster; with identical bytes.

A part crosses as plain texts and the rules as their files, so that a worker needs the program and nothing else. Few
parts are under way at once, so memory is bounded by them and not by the company.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import lru_cache, partial
from itertools import islice
from multiprocessing import get_context
from typing import Any

from engine.app.calculating.parts import PartWork, carry_out
from engine.core.rules.rulebook import Rulebook, RuleFile
from engine.rulefiles.loading import load_texts
from engine.store.calculations import Part

Mapper = Callable[[Rulebook, Iterable[PartWork]], Iterator[Part]]
"""Carries out parts and yields them as they are finished, in any order."""

Files = tuple[RuleFile, ...]


def here(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
    """One part after the other, in this process."""
    return (carry_out(rulebook, work) for work in works)


def over_processes(count: int) -> Mapper:
    """That many processes on this machine."""

    def carried_out(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            yield from _in_flight(lambda work: pool.submit(carry_out_by_files, rulebook.files, work), works, 2 * count)

    return carried_out


def over_cluster(address: str) -> Mapper:
    """The workers of the Dask cluster whose scheduler is at that address, such as `tcp://scheduler:8786`.

    They need this program installed in the same version. ImportError without the extra `cluster`.
    """
    from distributed import Client, as_completed

    # The library is untyped. It is asked once at the beginning, so that a wrong address is told before anything is read.
    connect: Any = Client
    completed: Any = as_completed
    connect(address).close()

    def carried_out(rulebook: Rulebook, works: Iterable[PartWork]) -> Iterator[Part]:
        with connect(address) as client:
            (files,) = client.scatter([rulebook.files], broadcast=True, hash=False)
            submit = partial(client.submit, carry_out_by_files, files, pure=False)
            waiting, most = iter(works), 2 * max(1, sum(client.nthreads().values()))
            under_way = completed([submit(work) for work in islice(waiting, most)])
            for future in under_way:
                yield future.result()
                for work in islice(waiting, 1):
                    under_way.add(submit(work))

    return carried_out


def carry_out_by_files(files: Files, work: PartWork) -> Part:
    """A part under the rules of those files, in a worker that knows nothing else."""
    return carry_out(_rulebook_of(tuple(files)), work)


@lru_cache(maxsize=2)
def _rulebook_of(files: Files) -> Rulebook:
    loaded = load_texts({file.path: file.text for file in files})
    if loaded.rulebook is None:
        raise ValueError(f"the rules in force cannot be read here: {len(loaded.problems)} problems")
    return loaded.rulebook


def _in_flight(submit: Callable[[PartWork], "Future[Part]"], works: Iterable[PartWork], most: int) -> Iterator[Part]:
    """The finished parts, with no more than so many under way at once."""
    waiting = iter(works)
    under_way: set[Any] = {submit(work) for work in islice(waiting, most)}
    while under_way:
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()
            under_way |= {submit(work) for work in islice(waiting, 1)}

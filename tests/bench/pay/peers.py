"""Every contestant by name. The first is the one by which the others are measured and with which they must agree."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from tests.bench.pay.contestant import Contestant, Ours


def _of(module: str, name: str) -> Callable[[], Contestant]:
    """Makes the contestant when it is asked for, so that a process loads one contestant's libraries only."""
    return lambda: getattr(import_module(f"tests.bench.pay.{module}"), name)()


def _ours() -> Contestant:
    return Ours(import_module("tests.bench.pay.ours").dealwright)


PEERS: dict[str, Callable[[], Contestant]] = {
    "duckdb": _of("duck", "DuckDB"),
    "duckdb streamed": _of("duck", "DuckDBStreamed"),
    "pandas int64": _of("frames", "PandasInt"),
    "pandas float": _of("frames", "PandasFloat"),
    "numpy by hand": _of("arrays", "NumPyByHand"),
    "python Decimal": _of("decimals", "PlainDecimal"),
}
REFERENCE = "duckdb"

ENGINE: dict[str, Callable[[], Contestant]] = {"calculate_window": _of("windows", "Windows")}
"""The engine record by record; it runs only when it is asked for by name."""


def contestants() -> dict[str, Callable[[], Contestant]]:
    """The peers, then the engine's kernel where there is one."""
    return PEERS | ({"dealwright": _ours} if find_spec("tests.bench.pay.ours") else {})


def contestant(name: str) -> Contestant:
    """The contestant of that name."""
    return (contestants() | ENGINE)[name]()

"""The house stands as designed: arrows, homes, purity, sizes, docstrings, privacy. Each rule is seen to fail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import house_rules

Rule = Callable[[Path], list[str]]

DOC = '"""What it is."""\n'
WORK_FOLDER = "/".join(["", "work", "main"])


def function_of(lines: int, name: str = "f") -> str:
    """A documented function with that many lines."""
    return "\n".join([f"def {name}():", '    """What it gives."""', *["    pass"] * (lines - 2)]) + "\n"


def house(root: Path, files: dict[str, str]) -> Path:
    """A small project with those files, each given a module docstring; a text that begins with `!` is written bare."""
    for place, text in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text[1:] if text.startswith("!") else DOC + text, encoding="utf-8")
    return root


@pytest.mark.parametrize("rule", house_rules.RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule: Rule, repo_root: Path) -> None:
    assert rule(repo_root) == []


WELL_BUILT = {
    "engine/__init__.py": "",
    "engine/core/money.py": "from fractions import Fraction\nclass Money:\n    "
    + DOC
    + "    def minor(self): ...\n    class Meta: ...\n",
    "engine/core/kernel.py": "import numpy as np\nfrom .money import Money\n",
    "engine/language/grammar.py": "import lark\nfrom engine.core.money import Money\nclose('x', cutoff=0.5)\n",
    "engine/store/database.py": "import sqlalchemy.orm\nfrom ..core import money\nfrom . import tables\n",
    "engine/matching.py": "import durable_rules_engine\nfrom engine.language import grammar\n",
    "engine/app/record.py": "from engine import store, __version__\nfrom engine.matching import match\n",
    "engine/cli.py": "import click\nfrom webui import create_app\nfrom engine.app.record import record\n",
    "engine/cli_rules.py": "import rich\nfrom engine import cli, app\n",
    "webui/pages/tasks.py": "import flask\nfrom engine.core.money import Money, ZERO\nfrom engine.app import record\n",
    "webui/api/events.py": "import marshmallow\n" + function_of(8),
    "webui/static/vendor/x-1/x.py": f"!import pickle\n# {WORK_FOLDER}\n",
}


@pytest.mark.parametrize("rule", house_rules.RULES, ids=lambda rule: rule.__name__)
def test_a_well_built_house_passes(rule: Rule, tmp_path: Path) -> None:
    assert rule(house(tmp_path, WELL_BUILT)) == []


PLANTED: tuple[tuple[Rule, str, str, str], ...] = (
    (
        house_rules.broken_arrows,
        "engine/core/money.py",
        "from engine.store import tables",
        "core must not import store",
    ),
    (house_rules.broken_arrows, "engine/core/money.py", "from engine import app", "core must not import app"),
    (
        house_rules.broken_arrows,
        "engine/core/money.py",
        "from ..language import types",
        "core must not import language",
    ),
    (house_rules.broken_arrows, "engine/core/money.py", "from .. import language", "core must not import language"),
    (house_rules.broken_arrows, "engine/store/__init__.py", "from ..intake import x", "store must not import intake"),
    (house_rules.broken_arrows, "engine/matching.py", "import engine.rulefiles", "matching must not import rulefiles"),
    (
        house_rules.broken_arrows,
        "engine/exports/csv.py",
        "def f():\n    import engine.app",
        "exports must not import app",
    ),
    (house_rules.broken_arrows, "engine/app/serve.py", "import webui", "app must not import webui"),
    (house_rules.broken_arrows, "engine/app/serve.py", "from engine.cli import main", "app must not import cli"),
    (house_rules.broken_arrows, "webui/pages/tasks.py", "import engine.store", "webui must not import store"),
    (house_rules.broken_arrows, "webui/pages/tasks.py", "import engine.language", "webui must not import language"),
    (house_rules.broken_arrows, "engine/cli_rules.py", "import engine.rulefiles", "cli must not import rulefiles"),
    (house_rules.broken_arrows, "engine/utilities.py", "", "no part of the house is called utilities"),
    (house_rules.doors_beyond_records, "webui/x.py", "from engine.core.decide import decide", "not decide"),
    (house_rules.doors_beyond_records, "engine/cli.py", "import engine.core.money", "not engine.core.money"),
    (house_rules.doors_beyond_records, "engine/cli.py", "from engine import core", "not core"),
    (house_rules.strayed_packages, "engine/app/x.py", "import sqlalchemy", "belongs in engine.store"),
    (house_rules.strayed_packages, "engine/store/x.py", "from durable.lang import m", "belongs in engine.matching"),
    (house_rules.strayed_packages, "engine/core/money.py", "import numpy", "belongs in engine.core.kernel"),
    (house_rules.strayed_packages, "webui/pages/rules.py", "import marshmallow", "belongs in engine.rulefiles"),
    (house_rules.strayed_packages, "engine/app/x.py", "def f():\n    import flask", "belongs in webui"),
    (house_rules.strayed_packages, "engine/app/x.py", "import pandas", "give it a home"),
    (house_rules.impurities, "engine/core/x.py", "import os.path", "os.path has no place"),
    (house_rules.impurities, "engine/core/x.py", "from datetime import datetime\ndatetime.now()", "now has no place"),
    (house_rules.impurities, "engine/core/x.py", "from time import time", "time has no place"),
    (house_rules.impurities, "engine/language/x.py", "open('x')", "open has no place"),
    (house_rules.impurities, "engine/language/x.py", "import random", "random has no place"),
    (house_rules.floats, "engine/core/x.py", "x = float('1')", "no float"),
    (house_rules.floats, "engine/core/x.py", "x = round(1)", "no float"),
    (house_rules.floats, "engine/core/x.py", "f(x=float('1'))", "no float"),
    (house_rules.floats, "engine/language/x.py", "x = 0.5", "no float"),
    (house_rules.unsafe_code, "engine/app/x.py", "eval('1')", "runs text as code"),
    (house_rules.unsafe_code, "webui/x.py", "exec('1')", "runs text as code"),
    (house_rules.unsafe_code, "tests/x.py", "import pickle", "runs text as code"),
    (house_rules.unsafe_code, "engine/rulefiles/x.py", "import yaml\nyaml.load('')", "runs text as code"),
    (house_rules.over_long, "engine/app/x.py", "x = 1\n" * 300, "301 lines, 300 allowed"),
    (house_rules.over_long, "webui/x.py", function_of(51), "f has 51 lines, 50 allowed"),
    (house_rules.sprawl, "engine/app/x.py", function_of(9), "the median function has 9"),
    (
        house_rules.sprawl,
        "engine/app/x.py",
        "".join(function_of(3, f"f{n}") for n in range(8)) + function_of(26),
        "1 of 9 functions exceed 25",
    ),
    (house_rules.undocumented, "webui/x.py", "!x = 1\n", "webui/x.py: no docstring"),
    (house_rules.undocumented, "engine/app/x.py", "def calculate():\n    pass", "calculate has no docstring"),
    (
        house_rules.undocumented,
        "engine/app/x.py",
        f"class A:\n    {DOC}    def b(self): x = 1; x",
        "b has no docstring",
    ),
    (house_rules.private_addresses, "README.md", f"cd {WORK_FOLDER}", "README.md:2: names"),
    (house_rules.private_addresses, "requirements/x.txt", "--" + "-".join(["index", "url"]) + " x", "names index"),
)


@pytest.mark.parametrize(
    ("rule", "place", "text", "complaint"),
    PLANTED,
    ids=[f"{number} {rule.__name__} {complaint}" for number, (rule, _, _, complaint) in enumerate(PLANTED)],
)
def test_a_planted_violation_is_found(rule: Rule, place: str, text: str, complaint: str, tmp_path: Path) -> None:
    (found,) = rule(house(tmp_path, {place: text}))
    assert complaint in found


def test_every_rule_is_seen_to_fail() -> None:
    assert {rule for rule, *_ in PLANTED} == set(house_rules.RULES)

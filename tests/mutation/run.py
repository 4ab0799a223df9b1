"""Plants small faults in core money, rates, adjustments and periods, one at a time, and counts those that tests find.

    python -m tests.mutation.run [module …]      (`core.money`, `kernel.walks`; none: all of them)

mutmut makes the faults and runs the tests, in a copy of the project that is removed afterwards; `[tool.mutmut]` in
pyproject.toml names the modules and the quick tests. What is printed: killed and surviving faults by module, with every
survivor's file, line and change. A fault that changes nothing that anybody could see is listed in `equivalent.toml`
with its reason; it counts neither as killed nor as survived, and an entry that no longer fits is an error.

Ends with 1 when a module's score is below 90 %.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
COPIED = ("engine", "tests", "pyproject.toml")
LEAST = 90
"""The score that every module must reach, in percent."""

SURVIVED, UNTESTED = 0, 33
"""mutmut's exit codes of a fault that no test finds, and of one in a function that no test calls."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault: where it stands, the line as it was and as it became, and whether a test found it."""

    module: str
    function: str
    line: int
    was: str
    now: str
    code: int

    @property
    def found(self) -> bool:
        """True when a test failed, or never ended."""
        return self.code not in (SURVIVED, UNTESTED)

    @property
    def change(self) -> tuple[str, str, str, str]:
        """What an entry of the list of equivalent faults names."""
        return (self.module, self.function, self.was, self.now)

    def __str__(self) -> str:
        """Its place and change, on three lines."""
        untested = " (no test calls it)" if self.code == UNTESTED else ""
        return f"{self.module}:{self.line} {self.function}{untested}\n    - {self.was}\n    + {self.now}"


def configured() -> list[str]:
    """The modules that pyproject.toml names, as paths from the project's folder."""
    return list(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]["only_mutate"])


def chosen(names: list[str]) -> list[str]:
    """The modules of those names: `money`, `kernel.walks` or a path; all of them without a name."""
    wanted = [name.removesuffix(".py").replace(".", "/") for name in names]
    found = [path for path in configured() if not wanted or any(path.endswith(f"/{one}.py") for one in wanted)]
    if not found:
        raise SystemExit(f"no module of those names; there are: {', '.join(configured())}")
    return found


def plant(folder: Path, modules: list[str]) -> None:
    """Runs mutmut in a copy of the project in that folder, two faults at a time and with patience for other work."""
    for name in COPIED:
        put = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        put(ROOT / name, folder / name)
    names = [f"{path.removesuffix('.py').replace('/', '.')}.*" for path in modules]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *names]
    log = folder / "mutmut.log"
    with log.open("w", encoding="utf-8") as out:
        ended = subprocess.run(command, cwd=folder, stdout=out, stderr=out, env=environment, check=False)
    if ended.returncode:
        raise SystemExit(log.read_text("utf-8")[-4000:])


def faults(folder: Path, module: str) -> Iterator[Fault]:
    """Every fault that was planted in the module, as mutmut left them."""
    mutated = folder / "mutants" / module
    lines = mutated.read_text("utf-8").splitlines()
    spans = json.loads(mutated.with_name(f"{mutated.name}.spans").read_text("utf-8"))["spans"]
    codes = json.loads(mutated.with_name(f"{mutated.name}.meta").read_text("utf-8"))["exit_code_by_key"]
    begins = dict(_functions(module))
    for key, code in codes.items():
        if code is None:
            continue
        name = key.rpartition(".")[2]
        mangled = name.rpartition("__mutmut_")[0]
        function = mangled.removeprefix("xǁ").replace("ǁ", ".") if "ǁ" in mangled else mangled.removeprefix("x_")
        (start, end), (first, last) = spans[f"{mangled}__mutmut_orig"], spans[name]
        at, was, now = _changed(lines[start - 1 : end], lines[first - 1 : last])
        yield Fault(module, function, begins.get(function, 0) + at, was, now, code)


def _functions(module: str) -> Iterator[tuple[str, int]]:
    """Functions and methods of the module with their first lines."""
    for node in ast.parse((ROOT / module).read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.ClassDef):
            methods = (sub for sub in node.body if isinstance(sub, ast.FunctionDef))
            yield from ((f"{node.name}.{method.name}", method.lineno) for method in methods)


def _changed(before: list[str], after: list[str]) -> tuple[int, str, str]:
    """The first line that differs, and that part of both functions, on one line each; the names themselves differ."""
    begin = next(n for n, line in enumerate(before) if "def " in line)
    same = next(n for n in range(begin + 1, len(before)) if n >= len(after) or before[n] != after[n])
    tail = 0
    while tail < min(len(before), len(after)) - same - 1 and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    was, now = (rows[same : len(rows) - tail] for rows in (before, after))
    return same - begin, " ".join(" ".join(was).split()), " ".join(" ".join(now).split())


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """The reason by change, for faults that change nothing."""
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8"))["fault"]
    return {(one["module"], one["function"], one["was"], one["now"]): one["why"] for one in listed}


def report(modules: list[str], planted: list[Fault]) -> bool:
    """Prints the score of each module and its survivors; True when every module reaches the least score."""
    same, good = equivalents(), True
    for fault in planted:
        if not fault.found and fault.change not in same:
            print(fault)
    print(f"{'module':45}{'planted':>9}{'killed':>8}{'survived':>10}{'equivalent':>12}{'score':>9}")
    for name in [*modules, "total"]:
        own = [fault for fault in planted if name in (fault.module, "total")]
        killed = sum(fault.found for fault in own)
        equal = sum(fault.change in same for fault in own if not fault.found)
        score = 100 * killed / max(len(own) - equal, 1)
        good = good and score >= LEAST
        print(f"{name:45}{len(own):9}{killed:8}{len(own) - killed - equal:10}{equal:12}{score:8.1f}%")
    outdated = [change for change in same if change[0] in modules and change not in {fault.change for fault in planted}]
    for change in outdated:
        print("no such fault any more, see equivalent.toml:", *change, sep="\n    ")
    return good and not outdated


def main(names: list[str]) -> int:
    """Plants the faults in the modules of those names and tells what became of them: 0 for well, 1 for too few found."""
    modules, begun = chosen(names), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutation-") as place:
        plant(Path(place), modules)
        planted = [fault for module in modules for fault in faults(Path(place), module)]
    good = report(modules, planted)
    print(f"{time.monotonic() - begun:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main(sys.argv[1:]))

"""The runner of planted faults reads mutmut's files aright, and the list of equivalent faults is up to date."""

import json
from pathlib import Path

import pytest

from tests.mutation import run

BEFORE = ["def x_f__mutmut_orig(", "    a: int,", ") -> int:", "    b = a + 1", "    return b"]
AFTER = ["def x_f__mutmut_7(", "    a: int,", ") -> int:", "    b = a - 1", "    return b"]


def test_every_equivalent_fault_is_one_of_a_line_that_is_there() -> None:
    for module, function, was, now in run.equivalents():
        assert module in run.configured() and was != now
        assert function in dict(run._functions(module)), (module, function)
        assert was in " ".join((run.ROOT / module).read_text("utf-8").split()), (module, was)


def test_modules_are_chosen_by_name() -> None:
    assert run.chosen([]) == run.configured()
    assert run.chosen(["money", "kernel.walks"]) == ["engine/core/money.py", "engine/core/kernel/walks.py"]
    with pytest.raises(SystemExit, match="no module of those names"):
        run.chosen(["nothing"])


def test_a_change_is_told_by_its_line_within_the_function() -> None:
    assert run._changed(BEFORE, AFTER) == (3, "b = a + 1", "b = a - 1")
    longer = [*AFTER[:3], "    b = (", "        a", "    )", "    return b"]
    assert run._changed(BEFORE, longer) == (3, "b = a + 1", "b = ( a )")


def test_faults_are_read_with_their_place_and_outcome(tmp_path: Path) -> None:
    module = "engine/core/money.py"
    mutated = tmp_path / "mutants" / module
    mutated.parent.mkdir(parents=True)
    body = ["def x_rounded__mutmut_orig(a):", "    return a", "def x_rounded__mutmut_1(a):", "    return None"]
    mutated.write_text("\n".join(body), "utf-8")
    spans = {"x_rounded__mutmut_orig": [1, 2], "x_rounded__mutmut_1": [3, 4]}
    mutated.with_name("money.py.spans").write_text(json.dumps({"spans": spans}), "utf-8")
    codes = {"engine.core.money.x_rounded__mutmut_1": 0, "engine.core.money.x_rounded__mutmut_2": None}
    mutated.with_name("money.py.meta").write_text(json.dumps({"exit_code_by_key": codes}), "utf-8")
    (fault,) = run.faults(tmp_path, module)
    begins = dict(run._functions(module))["rounded"]
    assert (fault.change, fault.line, fault.found) == (
        (module, "rounded", "return a", "return None"),
        begins + 1,
        False,
    )
    assert str(fault).startswith(f"{module}:{begins + 1} rounded\n    - return a")


@pytest.mark.parametrize(("survivors", "good"), [(1, True), (2, False)])
def test_a_module_below_the_least_score_is_told_and_is_not_well(
    survivors: int, good: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    module = "engine/core/money.py"
    planted = [run.Fault(module, "f", 1, "a", f"b{number}", int(number >= survivors)) for number in range(10)]
    assert run.report([module], planted) is good
    told = capsys.readouterr().out
    assert f"{100 - 10 * survivors}.0%" in told and told.count(f"{module}:1 f") == survivors

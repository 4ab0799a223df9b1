"""calculate, approve, post, close, export: done by those who may, in their order, and refused otherwise."""

from hashlib import sha256
from pathlib import Path

from tests.cli.conftest import House


def draft(house: House, period: str, actor: str = "he") -> str:
    """The id of a new draft run."""
    return str(house.json("calculate", period, "--as", actor)["run"])


def paid_month(house: House, period: str) -> str:
    """Calculated by one, approved by another, posted; the run."""
    run = draft(house, period)
    house.run("approve", run, "--as", "deng")
    house.run("post", run, "--as", "he")
    return run


def test_a_month_is_paid_exported_and_closed(house: House, tmp_path: Path) -> None:
    made = house.json("calculate", "2026-03", "--as", "he")
    assert (made["period"], made["payees"]) == ("2026-03", 2), "the owner, and the manager by overlay"
    run = made["run"]
    assert house.json("approve", run, "--as", "deng")["state"] == "approved"
    assert house.json("post", run, "--as", "he")["state"] == "posted"
    file = house.json("export", run, "--as", "he", "--format", "csv", "--to", str(tmp_path / "out"))
    content = Path(file["file"]).read_bytes()
    assert sha256(content).hexdigest() == file["sha256"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert house.json("close", "2026-03", "--as", "deng")["state"] == "closed"


def test_nobody_approves_their_own_run(house: House) -> None:
    assert house.codes("approve", draft(house, "2026-03"), "--as", "he", ok=4) == ["E056"]


def test_the_steps_are_taken_in_order(house: House) -> None:
    run = draft(house, "2026-03")
    assert house.codes("post", run, "--as", "he", ok=4) == ["E055"]
    assert house.codes("export", run, "--as", "he", ok=4) == ["E055"]
    assert house.codes("close", "2026-03", "--as", "deng", ok=4) == ["E106"]


def test_whoever_calculated_does_not_close(house: House) -> None:
    paid_month(house, "2026-03")
    assert house.codes("close", "2026-03", "--as", "he", ok=4) == ["E108"]


def test_nothing_is_calculated_behind_a_close(house: House) -> None:
    paid_month(house, "2026-03")
    house.run("close", "2026-03", "--as", "deng")
    assert house.codes("calculate", "2026-03", "--as", "he", ok=4) == ["E101"]
    assert house.codes("close", "2026-03", "--as", "deng", ok=4) == ["E101"]


def test_only_the_right_role_may(house: House) -> None:
    run = draft(house, "2026-03")
    for words in (("calculate", "2026-03"), ("approve", run), ("post", run), ("close", "2026-03"), ("export", run)):
        assert house.codes(*words, "--as", "guo", ok=4) == ["E109"], words
        assert house.codes(*words, "--as", "nobody", ok=4) == ["E111"], words


def test_a_run_that_is_not_there_and_a_period_that_is_none_are_refused(house: House) -> None:
    assert house.codes("approve", "nothing", "--as", "deng", ok=4) == ["E104"]
    assert house.codes("calculate", "2026-W14", "--as", "he", ok=4) == ["E100"]
    assert "2026-W14" in house.run("calculate", "2026-W14", "--as", "he", "--language", "zh", ok=4).output

"""init, doctor, user, demo, serve: what sets things up."""

from pathlib import Path
from typing import Any

import pytest

from engine.app.users import sign_in
from engine.cli import running
from engine.cli.common import Door
from tests.app_house import RULES
from tests.cli.conftest import PASSWORD, House


def test_init_copies_rules_that_are_sound_and_never_writes_over_anything(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    assert house.json("init", str(folder))["folder"] == str(folder)
    assert (folder / "README.zh.md").read_text("utf-8") == (RULES / "README.zh.md").read_text("utf-8")
    house.rules = folder
    assert house.json("check")["errors"] == 0
    assert house.json("init", str(folder), ok=1)["folder"] is None


def test_the_doctor_finds_this_machine_well_and_a_bad_address_not(house: House) -> None:
    found = house.json("doctor")
    assert found.pop("problems") == []
    assert len(found) >= 4
    assert all(found.values())
    house.database = Path("/proc/none/house.db")
    assert "坏" in house.run("doctor", "--language", "zh", ok=1).output


def test_a_user_signs_in_with_a_password_that_is_long_enough(house: House) -> None:
    words = ("user", "zhao", "--role", "rep", "--person", "li-na", "--password")
    assert house.codes(*words, "short", ok=4) == ["E110"]
    assert house.codes("user", "zhao", "--role", "rep", "--person", "nobody", "--password", PASSWORD, ok=4) == ["E112"]
    assert house.json("user", "zhao", "--role", "ops", "--password", PASSWORD)["user"] == "zhao"
    house.run("user", "zhao", "--role", "king", "--password", PASSWORD, ok=2)
    dw = Door(f"sqlite:///{house.database}", RULES, "en", as_json=False).house()
    session = sign_in(dw, "zhao", PASSWORD, "127.0.0.1")
    assert session is not None
    assert session.user.roles == ("ops",)


def test_a_calendar_address_is_made_anew_and_ended(house: House) -> None:
    house.json("user", "zhao", "--role", "ops", "--password", PASSWORD)
    house.json("user", "root", "--role", "admin", "--password", PASSWORD)
    first, second = house.json("calendar", "zhao"), house.json("calendar", "zhao", "--zone", "Europe/Berlin")
    assert first["todos"].startswith("/calendar/") and first["todos"].endswith("/todos.ics") and first != second
    assert house.codes("calendar", "zhao", "--zone", "Mars/Olympus", ok=4) == ["E115"]
    assert house.codes("calendar", "nobody", ok=4) == ["E111"]
    assert house.codes("calendar", "root", ok=4) == ["E109"]
    assert [house.json("calendar", "zhao", "--revoke")["revoked"] for _ in range(2)] == [True, False]


def test_a_password_is_asked_for_twice_and_not_shown(house: House) -> None:
    result = house.run("user", "zhao", "--role", "rep", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in result.output
    assert "zhao" in result.output


def test_serve_opens_the_house_with_the_secret_that_it_was_given(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[Any, ...]] = []
    monkeypatch.setattr("webui.serving.serve_house", lambda dw, *said, demo: served.append((*said, demo)))
    house.run("serve", "--port", "8123", "--secret", "x" * 40)
    house.run("serve")
    assert served[0] == ("127.0.0.1", 8123, "x" * 40, False)
    assert len(served[1][2]) >= 32


def test_a_demo_says_who_may_sign_in(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Made:
        def data(self) -> dict[str, Any]:
            return {"visitors": ["chen.wei"]}

        def lines(self) -> list[tuple[str, str]]:
            return [("Sign in as chen.wei", "用 chen.wei 登录")]

    monkeypatch.setattr(running.sample, "demo", lambda house, seed, progress: progress(1, 2) or Made())
    assert house.json("demo", "--no-serve")["visitors"] == ["chen.wei"]
    assert "登录" in house.run("demo", "--no-serve", "--language", "zh").output

"""Help in both languages, one shape of output, and a page of commands that is fresh."""

import os
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import engine.cli as cli
from engine.cli import main
from engine.cli.pages import command_page

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(main.commands)
PAGES = {"en": "engine/cli/COMMANDS.md", "zh": "engine/cli/COMMANDS.zh.md"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_all_commands_of_this_width_are_there() -> None:
    named = (
        "init demo doctor check release schema ingest import tick worker calculate approve post close export explain"
    )
    repayments = "receivables repaid repaid-decide repaid-undo"
    others = "approvals decide tickets ticket pool claim give-back ownerless why-not verify replay serve user calendar estimate"
    assert set(COMMANDS) == {*named.split(), *repayments.split(), *others.split()}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_both_languages_and_every_command_has_json(name: str) -> None:
    command = main.commands[name]
    texts = [command.help, *(option.help for option in command.params if isinstance(option, click.Option))]
    assert all(text and CHINESE.search(text) and re.match("[A-Z(]|en |history", text) for text in texts), texts
    said = CliRunner().invoke(main, [name, "--help"])
    assert said.exit_code == 0
    assert "--json" in said.output
    assert CHINESE.search(said.output)


def test_the_help_of_the_program_names_the_exit_codes_in_both_languages() -> None:
    said = CliRunner().invoke(main, ["-h"]).output
    assert "Exit codes: 0" in said
    assert "退出码：0" in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_commands_is_fresh(language: str) -> None:
    page, text = ROOT / PAGES[language], command_page(main, language)  # type: ignore[arg-type]
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text
    assert all(f"## `dealwright {name}" in text for name in COMMANDS)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_leads_to_the_page(readme: str) -> None:
    assert PAGES["zh" if ".zh." in readme else "en"] in (ROOT / readme).read_text("utf-8")


def test_the_exit_codes_are_told_alike_everywhere() -> None:
    page = (ROOT / PAGES["en"]).read_text("utf-8")
    told = re.findall(r"- `(\d)`", page)
    assert told == ["0", "1", "2", "3", "4"]
    assert all(f"{code} " in (cli.__doc__ or "") for code in told)

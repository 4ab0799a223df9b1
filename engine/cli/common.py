"""What the commands share: options, the open house, printing for people and as JSON, and exit codes."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from engine.app import Dealwright, RulesRefused, open_dealwright
from engine.app.users import acting
from engine.app.views.users import User
from engine.core.problems import Language, Problem

FOUND, WRONG, RULES_WRONG, REFUSED = 1, 2, 3, 4
DEFAULT_DATABASE = "sqlite:///var/dealwright.db"

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Door:
    """The options that hold for every command."""

    database: str
    rules: Path | None
    language: Language
    as_json: bool

    def house(self) -> Dealwright:
        """The open house; ends the command with every problem when the rules have errors."""
        if self.database.startswith("sqlite:///"):
            Path(self.database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        try:
            return open_dealwright(self.database, self.rules, now)
        except RulesRefused as refused:
            self.problems(refused.problems)
            raise SystemExit(RULES_WRONG) from None

    def say(self, en: str, zh: str) -> None:
        """A sentence for people, in their language; nothing when JSON was asked for."""
        if not self.as_json:
            click.echo(zh if self.language == "zh" else en)

    def result(
        self, values: Mapping[str, Any], lines: Iterable[tuple[str, str]] = (), problems: Iterable[Problem] = ()
    ) -> None:
        """The command's result: one JSON object with the problems in it, or the problems and (English, Chinese) lines."""
        found = list(problems)
        if self.as_json:
            whole = {**values, "problems": [problem_data(problem) for problem in found]}
            click.echo(json.dumps(whole, ensure_ascii=False, default=str))
            return
        for problem in found:
            click.echo(problem.render(self.language), err=problem.severity == "error")
        for en, zh in lines:
            self.say(en, zh)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Every problem, where there is nothing else to say."""
        self.result({}, problems=problems)

    def refuse(self, problems: Iterable[Problem]) -> NoReturn:
        """The rules do not allow it: say why, and end with the code for that."""
        self.problems(problems)
        raise SystemExit(REFUSED)

    def acting(self, house: Dealwright, name: str, action: str) -> User:
        """The user who does or looks at something; ends the command when there is none or they may not."""
        user = acting(house, name, action)
        if isinstance(user, tuple):
            self.refuse(user)
        return user

    def progress(self, en: str, zh: str) -> Progress:
        """A progress bar on standard error; silent when it is no terminal."""
        words = zh if self.language == "zh" else en
        columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        return Progress(*columns, console=console, disable=self.as_json or not console.is_terminal)


def now() -> datetime:
    """The moment. The command line and the web server are the only places that ask."""
    return datetime.now(UTC)


def problem_data(problem: Problem) -> dict[str, Any]:
    """A problem as plain data: code, severity, place, both messages and remedies."""
    place = problem.place
    return {
        "code": problem.code, "severity": problem.severity, "file": place.file, "line": place.line, "column": place.column,
        "message": {"en": problem.message("en"), "zh": problem.message("zh")},
        "remedy": {"en": problem.remedy("en"), "zh": problem.remedy("zh")},
    }  # fmt: skip


def reader_language() -> str:
    """The language of the terminal: Chinese when its locale says so, else English."""
    locale = os.environ.get("DEALWRIGHT_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"


def with_door(command: Command) -> Command:
    """The command with the common options after its name, handed to it as `door`."""

    @click.option("--database", envvar="DEALWRIGHT_DATABASE", default=DEFAULT_DATABASE, show_default=True,
                  help="Address of the database. 数据库地址")  # fmt: skip
    @click.option("--rules", type=click.Path(path_type=Path), help="Rule folder. 规则文件夹")
    @click.option(
        "--language", type=click.Choice(["en", "zh"]), default=reader_language, help="Language of the output. 输出语言"
    )
    @click.option("--json", "as_json", is_flag=True, help="Machine-readable output. 输出 JSON")
    @click.help_option("-h", "--help", help="Show this text. 显示帮助")
    @wraps(command)
    def wrapped(*, database: str, rules: Path | None, language: Language, as_json: bool, **others: Any) -> Any:
        return command(door=Door(database, rules, language, as_json), **others)

    return cast(Command, wrapped)

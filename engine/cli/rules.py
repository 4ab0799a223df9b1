"""Commands about rule files: check, schema, release."""

from pathlib import Path

import click

from engine.app import rules as use
from engine.cli.common import FOUND, RULES_WRONG, Door, with_door
from engine.core.problems import has_errors


@click.command()
@with_door
def check(door: Door) -> None:
    """Read every rule file and report every mistake at once. 检查规则文件"""
    checked = use.check_folder(door.rules)
    door.problems(checked.problems)
    if has_errors(checked.problems):
        raise SystemExit(RULES_WRONG)
    count, warnings = checked.count, len(checked.problems)
    door.say(f"{count} rules, {warnings} warnings, no errors. {checked.fingerprint[:12]}",
             f"共 {count} 条规则，{warnings} 个警告，没有错误。{checked.fingerprint[:12]}")  # fmt: skip
    raise SystemExit(FOUND if warnings else 0)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@with_door
def schema(door: Door, folder: Path | None) -> None:
    """Write the JSON Schemas that let an editor complete and check rule files. 输出供编辑器使用的 JSON Schema"""
    written = use.write_schemas(folder or (door.rules or Path("rules")) / "schema")
    door.result({"written": [str(path) for path in written]}, [(str(path), str(path)) for path in written])


@click.command()
@click.option("--reason", required=True, help="Why the rules change. 变更理由")
@click.option("--author", required=True, help="Who wrote the change. 编写人")
@click.option("--approver", required=True, help="Who agreed; never the author. 审批人，不能是编写人")
@with_door
def release(door: Door, reason: str, author: str, approver: str) -> None:
    """Put the rule folder in force; what decided a closed period cannot be edited. 发布规则"""
    house = door.house()
    done = use.release(house, reason, author, approver)
    if done.problems:
        door.refuse(done.problems)
    door.result({"release": done.fingerprint}, [(f"Released {done.fingerprint[:12]}.", f"已发布 {done.fingerprint[:12]}。")])


COMMANDS = (check, schema, release)

"""Commands about rule files: check, schema, release."""

from pathlib import Path

import click

from engine.app import releasing
from engine.app import rules as use
from engine.cli.common import RULES_WRONG, Door, with_door


@click.command()
@with_door
def check(door: Door) -> None:
    """Read and try out every rule file, and report every mistake at once. 检查规则文件，一次列出所有问题"""
    checked = use.check_folder(door.rules)
    errors = sum(problem.severity == "error" for problem in checked.problems)
    warnings = len(checked.problems) - errors
    counts = {"rules": checked.count, "errors": errors, "warnings": warnings, "fingerprint": checked.fingerprint}
    sound = (f"{checked.count} rules, {warnings} warnings, no errors. {checked.fingerprint[:12]}",
             f"共 {checked.count} 条规则，{warnings} 个警告，没有错误。{checked.fingerprint[:12]}")  # fmt: skip
    wrong = (f"{errors} errors, {warnings} warnings.", f"{errors} 个错误，{warnings} 个警告。")
    door.result(counts, [wrong if errors else sound], checked.problems)
    raise SystemExit(RULES_WRONG if errors else 0)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@with_door
def schema(door: Door, folder: Path | None) -> None:
    """Renew what is made in the rule FOLDER: JSON Schemas for editors, the references, the problem pages.
    更新规则文件夹中自动生成的文件"""
    chosen = folder or door.rules or Path("rules")
    if not chosen.is_dir():
        raise click.UsageError(f"{chosen} is not a folder. {chosen} 不是文件夹。")
    written = use.write_made(chosen)
    fresh = [("Everything is up to date.", "均为最新。")]
    door.result({"written": [str(path) for path in written]}, [(str(path),) * 2 for path in written] or fresh)


@click.command()
@click.option("--reason", required=True, help="Why the rules change. 变更理由")
@click.option("--author", required=True, help="Who wrote the change. 编写人")
@click.option("--approver", required=True, help="Who agreed; never the author. 审批人，不能是编写人")
@with_door
def release(door: Door, reason: str, author: str, approver: str) -> None:
    """Put the rule folder in force; what decided a closed period cannot be edited. 发布规则"""
    house = door.house()
    done = releasing.release(house, reason, author, approver)
    if done.problems:
        door.refuse(done.problems)
    door.result(
        {"release": done.fingerprint}, [(f"Released {done.fingerprint[:12]}.", f"已发布 {done.fingerprint[:12]}。")]
    )


COMMANDS = (check, schema, release)

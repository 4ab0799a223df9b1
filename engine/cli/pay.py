"""Commands about pay: calculate, approve, post, close, export. Each names who does it; nobody approves their own run."""

from pathlib import Path

import click

from engine.app import closing, exporting, payouts
from engine.app.calculating import calculation
from engine.app.calculating.mapping import Mapper, here, over_cluster, over_processes
from engine.app.refusals import not_done
from engine.cli.common import Door, with_door

_AS = click.option("--as", "actor", required=True, help="Who does it: a user's name. 操作人")


@click.command()
@click.argument("period")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True,
              help="Processes that calculate; the result is the same. 并行进程数，结果相同")  # fmt: skip
@click.option("--cluster", default="", help="Address of a Dask scheduler, such as tcp://scheduler:8786. 集群调度器地址")
@click.option("--complete", is_flag=True,
              help="Calculate settled days again too; the run is the same. 已结清的日子也重算，结果相同")  # fmt: skip
@_AS
@with_door
def calculate(door: Door, period: str, workers: int, cluster: str, complete: bool, actor: str) -> None:
    """Compute what is owed for PERIOD beyond what was posted, as a draft run; an interrupted one goes on.
    计算期间应发，生成草稿；中断后再次执行会接着计算"""
    house = door.house()
    user, mapper = door.acting(house, actor, "run.calculate"), _mapper(door, workers, cluster)
    with door.progress("Calculating", "计算中") as bar:
        task = bar.add_task("", total=None)
        told = lambda done, all: bar.update(task, completed=done, total=all)  # noqa: E731
        done = calculation.calculate(house, period, user.actor, mapper, told, complete=complete)
    if isinstance(done, tuple):
        door.refuse(done)
    totals = ", ".join(str(total) for total in done.totals)
    door.result({"run": done.id, "period": period, "payees": done.payees, "totals": [str(t) for t in done.totals]},
                [(f"Draft run {done.id[:12]} for {period}: {done.payees} payees, {totals}.",
                  f"{period} 的草稿 {done.id[:12]}：{done.payees} 人，{totals}。")])  # fmt: skip


def _mapper(door: Door, workers: int, cluster: str) -> Mapper:
    """What carries the calculation out; ends the command when there is no cluster at that address."""
    if not cluster:
        return here if workers == 1 else over_processes(workers)
    try:
        return over_cluster(cluster)
    except (ImportError, OSError, ValueError) as problem:
        door.refuse([not_done("E161", address=cluster, why=str(problem))])


def _step(door: Door, done: "payouts.Step", en: str, zh: str) -> None:
    if done.problems:
        door.refuse(done.problems)
    door.result({"id": done.id, "state": done.state}, [(en.format(done.id[:12]), zh.format(done.id[:12]))])


@click.command()
@click.argument("run")
@_AS
@with_door
def approve(door: Door, run: str, actor: str) -> None:
    """Agree to the draft RUN; its author may not. 审批发放草稿"""
    house = door.house()
    _step(
        door,
        payouts.approve(house, run, door.acting(house, actor, "run.approve").actor),
        "Run {} is approved.",
        "{} 已审批。",
    )


@click.command()
@click.argument("run")
@_AS
@with_door
def post(door: Door, run: str, actor: str) -> None:
    """Post the approved RUN to the ledger. 过账"""
    house = door.house()
    _step(
        door, payouts.post(house, run, door.acting(house, actor, "run.post").actor), "Run {} is posted.", "{} 已过账。"
    )


@click.command()
@click.argument("period")
@_AS
@with_door
def close(door: Door, period: str, actor: str) -> None:
    """Close PERIOD: nothing can be written behind it. 关账"""
    house = door.house()
    _step(
        door,
        closing.close(house, period, door.acting(house, actor, "period.close").actor),
        "Period {} is closed.",
        "期间 {} 已关账。",
    )


@click.command()
@click.argument("run")
@click.option("--profile", type=click.Choice(["detail", "summary"]), default="detail", show_default=True,
              help="One row for each line, or for each payee. 明细或汇总")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["csv", "xlsx"]), default="xlsx", show_default=True,
              help="Kind of file. 文件格式")  # fmt: skip
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("."), show_default=True,
              help="The folder that it is written to. 写入的文件夹")  # fmt: skip
@_AS
@with_door
def export(door: Door, run: str, profile: str, form: str, folder: Path, actor: str) -> None:
    """Write the posted RUN as a file for payroll. 导出已过账的发放"""
    house = door.house()
    user = door.acting(house, actor, "run.export")
    made = exporting.export(house, run, profile, form, door.language, user.actor)
    if isinstance(made, tuple):
        door.refuse(made)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / made.name
    path.write_bytes(made.content)
    door.result(
        {"file": str(path), "sha256": made.sha256}, [(f"{path} ({made.sha256[:12]})", f"{path}（{made.sha256[:12]}）")]
    )


COMMANDS = (calculate, approve, post, close, export)

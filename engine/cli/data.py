"""Commands that bring data in: ingest (events), import (a CRM's files), tick and worker (the clock)."""

import time
from pathlib import Path

import click

from engine.app import intake as use
from engine.app.ticking import Ticked
from engine.app.ticking import tick as tick_now
from engine.cli.common import FOUND, Door, now, with_door

_MODE = click.option("--mode", type=click.Choice(["history", "live"]), required=True,
                     help="history: what is long done, makes no tasks. live: makes tasks. 历史或实时")  # fmt: skip


def _take_in(door: Door, files: tuple[Path, ...], mode: str, profile: str) -> None:
    house = door.house()
    with door.progress("Recording", "录入") as bar:
        task = bar.add_task("", total=None)
        summary = use.take_in(
            house, files, mode, profile, lambda done, total: bar.update(task, completed=done, total=total)
        )
    door.result(summary.data(), summary.lines(), summary.problems)
    raise SystemExit(FOUND if summary.problems else 0)


@click.command()
@click.argument("files", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True)
@_MODE
@with_door
def ingest(door: Door, files: tuple[Path, ...], mode: str) -> None:
    """Record events from CSV, XLSX or JSON-lines FILES in Dealwright's own fields. 录入事件文件"""
    _take_in(door, files, mode, "")


@click.command("import")
@click.argument("files", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True)
@click.option("--profile", required=True, help="The import profile that maps the columns of the file. 导入配置")
@_MODE
@with_door
def import_(door: Door, files: tuple[Path, ...], mode: str, profile: str) -> None:
    """Import a CRM's FILES by an import profile of the rule folder. 按导入配置导入 CRM 文件"""
    _take_in(door, files, mode, profile)


@click.command()
@with_door
def tick(door: Door) -> None:
    """Do once what has fallen due: steps, stage limits. 处理到期事项"""
    _tell(door, tick_now(door.house(), now()))


def _tell(door: Door, done: Ticked) -> None:
    door.result({"deals": done.deals, "tasks": done.tasks, "told": done.told, "quarantined": done.quarantined},
                [(f"{done.deals} deals due, {done.tasks} tasks made.", f"{done.deals} 个商机到期，生成 {done.tasks} 个任务。")])  # fmt: skip


@click.command()
@click.option("--every", default=30, show_default=True, help="Seconds between ticks. 间隔秒数")
@click.option("--times", default=0, help="Stop after so many ticks; 0: never. 次数")
@with_door
def worker(door: Door, every: int, times: int) -> None:
    """Tick again and again. 持续处理到期事项"""
    house, number = door.house(), 0
    while not times or number < times:
        done = tick_now(house, now())
        if done.deals:
            _tell(door, done)
        number += 1
        if number != times:
            time.sleep(every)


COMMANDS = (ingest, import_, tick, worker)

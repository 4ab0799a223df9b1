"""Commands that set things up and run them: init, demo, doctor, serve, user, calendar."""

import secrets
import shutil
from pathlib import Path

import click

from engine.app import calendar_feeds as feeds
from engine.app import demo as sample
from engine.app import doctor as health
from engine.app import users
from engine.cli.common import FOUND, Door, with_door

_HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at. 监听地址")
_PORT = click.option("--port", default=8000, show_default=True, help="Port to listen at. 监听端口")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("rules"))
@with_door
def init(door: Door, folder: Path) -> None:
    """Copy the sample company's rules to FOLDER as a start. 复制示例规则"""
    if folder.exists() and any(folder.iterdir()):
        door.result(
            {"folder": None}, [(f"{folder} is not empty; nothing was written.", f"{folder} 不是空文件夹，没有写入。")]
        )
        raise SystemExit(FOUND)
    shutil.copytree(sample.sample_rules(), folder, dirs_exist_ok=True)
    door.result({"folder": str(folder)}, [(f"Sample rules are in {folder}.", f"示例规则已复制到 {folder}。")])


@click.command()
@with_door
def doctor(door: Door) -> None:
    """Is everything here that Dealwright needs? 检查运行环境"""
    findings = health.findings(door.database)
    lines = [(f"{'ok ' if f.good else 'BAD'} {f.en}", f"{'好' if f.good else '坏'} {f.zh}") for f in findings]
    door.result({f.name: f.good for f in findings}, lines)
    raise SystemExit(0 if all(f.good for f in findings) else FOUND)


@click.command()
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(users.ROLES),
              help="What they may do; once for each role. 角色，可多次")  # fmt: skip
@click.option("--person", default="", help="The person in the records. 对应的员工")
@click.password_option(help="At least 15 characters. 至少 15 个字符")
@with_door
def user(door: Door, name: str, roles: tuple[str, ...], person: str, password: str) -> None:
    """Let somebody sign in under NAME, or give them a new password and roles. 添加用户"""
    problems = users.add_user(door.house(), name, password, roles, person, door.language)
    if problems:
        door.refuse(problems)
    door.result({"user": name}, [(f"{name} may sign in.", f"{name} 可以登录了。")])


@click.command()
@click.argument("name")
@click.option("--zone", default="", help="The zone of its times; the company's when not given. 时区")
@click.option("--revoke", is_flag=True, help="End the address instead. 停用地址")
@with_door
def calendar(door: Door, name: str, zone: str, revoke: bool) -> None:
    """Make a secret address at which the calendar program of user NAME reads their tasks; a former one ends. 日历地址"""
    house = door.house()
    user = door.acting(house, name, "task.see")
    if revoke:
        ended = feeds.revoke_feed(house, user)
        told = ("The address is no longer valid.", "地址已停用。") if ended else ("There was no address.", "没有地址。")
        door.result({"revoked": ended}, [told])
        return
    made = feeds.renew_feed(house, user, zone)
    if isinstance(made, tuple):
        door.refuse(made)
    paths = {kind: f"/calendar/{made.token}/{kind}.ics" for kind in ("todos", "events")}
    door.result(paths, [(f"As tasks: {paths['todos']}", f"作为任务：{paths['todos']}"),
                        (f"As events: {paths['events']}", f"作为日程：{paths['events']}")])  # fmt: skip


@click.command()
@_HOST
@_PORT
@click.option("--secret", envvar="DEALWRIGHT_SECRET", help="At least 32 bytes; made for this run when not given. 密钥")
@with_door
def serve(door: Door, host: str, port: int, secret: str | None) -> None:
    """Serve the screens, and tick while serving. 启动界面服务"""
    _serve(door, host, port, secret or secrets.token_urlsafe(32), demo=False)


@click.command()
@click.option("--seed", default=7, show_default=True, help="The same seed makes the same company. 种子")
@_HOST
@_PORT
@click.option("--no-serve", is_flag=True, help="Only make the data. 只生成数据")
@with_door
def demo(door: Door, seed: int, host: str, port: int, no_serve: bool) -> None:
    """Make the sample company's eighteen months, close the past months, and serve it. 生成示例公司并启动"""
    house = door.house()
    with door.progress("Eighteen months", "十八个月") as bar:
        task = bar.add_task("", total=None)
        made = sample.demo(house, seed, lambda done, total: bar.update(task, completed=done, total=total))
    door.result(made.data(), made.lines())
    if not no_serve:
        _serve(door, host, port, secrets.token_urlsafe(32), demo=True)


def _serve(door: Door, host: str, port: int, secret: str, demo: bool) -> None:
    from webui.serving import serve_house

    door.say(f"Serving http://{host}:{port} (Ctrl+C ends it).", f"服务地址 http://{host}:{port}（按 Ctrl+C 结束）。")
    serve_house(door.house(), host, port, secret, demo=demo)


COMMANDS = (init, doctor, user, calendar, serve, demo)

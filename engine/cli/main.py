"""The group of commands, and where each of them stands."""

import click

from engine import __version__
from engine.cli import agreeing, data, estimating, explaining, pay, pools, repayments, rules, running, service


@click.group()
@click.help_option("-h", "--help", help="Show this text. 显示帮助")
@click.version_option(__version__, prog_name="dealwright", help="Show the version. 显示版本")
def main() -> None:
    """Carries out a sales organisation's written policy. 按照书面制度管理销售。

    Exit codes: 0 done, 1 something to look at, 2 wrong command line, 3 rules have errors, 4 not allowed.
    退出码：0 完成，1 有需查看之处，2 命令有误，3 规则有错误，4 不允许。
    """


_ALL = (rules, data, agreeing, service, pay, pools, repayments, estimating, explaining, running)

for command in (one for part in _ALL for one in part.COMMANDS):
    main.add_command(command)

"""The group of commands, and where each of them stands."""

import click

from engine import __version__
from engine.cli import data, explaining, pay, rules, running


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dealwright")
def main() -> None:
    """Carries out a sales organisation's written policy. 按照书面制度管理销售。

    Exit codes: 0 done, 1 something to look at, 2 wrong command line, 3 rules have errors, 4 not allowed.
    """


for command in (*rules.COMMANDS, *data.COMMANDS, *pay.COMMANDS, *explaining.COMMANDS, *running.COMMANDS):
    main.add_command(command)

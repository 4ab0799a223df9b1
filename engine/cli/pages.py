"""The page of all commands, in English and in Chinese, made from the commands themselves so that it is always true."""

from collections.abc import Iterator, Sequence

import click

from engine.core.problems import Language

_WORDS = {
    "en": {"title": "Commands", "head": "| option | value | meaning |", "needed": "needed", "usual": "usually", "codes": "Exit codes",
           "made": "Made from the commands; do not edit.", "common": "Every command also takes"},
    "zh": {"title": "命令", "head": "| 选项 | 值 | 含义 |", "needed": "必填", "usual": "默认", "codes": "退出码",
           "made": "由命令自动生成，请勿手改。", "common": "每个命令还可使用"},
}  # fmt: skip
_CODES = (
    ("0", "Done, perhaps with warnings.", "完成，可能有警告。"),
    ("1", "Done, and there is something to look at: refused rows, a broken chain, an id that nothing has.",
     "已完成，但有需查看之处：被拒的行、链条断裂、编号不存在。"),
    ("2", "The command line is wrong.", "命令写法有误。"),
    ("3", "The rules have errors, so nothing was done.", "规则有错误，没有执行。"),
    ("4", "It is not allowed: by the rules, by the role, or because a period is closed.", "不允许：因规则、角色或已关账。"),
)  # fmt: skip


def command_page(commands: click.Group, language: Language) -> str:
    """Every command with its arguments and options, and the exit codes, as Markdown."""
    words = _WORDS[language]
    parts = [f"# {words['title']}", words["made"], *_codes(language)]
    members = [command for _, command in sorted(commands.commands.items())]
    common = _common(members)
    parts.append(f"## {words['common']}\n\n" + _table([p for p in members[0].params if p.name in common], language))
    return "\n\n".join([*parts, *(_command(one, common, language) for one in members)]) + "\n"


def _codes(language: Language) -> Iterator[str]:
    yield f"## {_WORDS[language]['codes']}"
    yield "\n".join(f"- `{code}` {zh if language == 'zh' else en}" for code, en, zh in _CODES)


def _common(commands: list[click.Command]) -> frozenset[str]:
    """The names of the options that all of them have."""
    names = [{option.name or "" for option in command.params} for command in commands]
    return frozenset(names[0].intersection(*names[1:]))


def _command(command: click.Command, common: frozenset[str], language: Language) -> str:
    arguments = [p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)]
    usage = " ".join(["dealwright", str(command.name), *arguments])
    own = [p for p in command.params if isinstance(p, click.Option) and p.name not in common]
    needed = [f"{p.opts[0]} …" for p in own if p.required]
    said = in_language(command.help or "", language)
    table = [_table(own, language)] if own else []
    return "\n\n".join([f"## `{' '.join([usage, *needed])}`", said, *table])


def _table(options: Sequence[click.Parameter], language: Language) -> str:
    rows = (_row(option, language) for option in options if isinstance(option, click.Option))
    return "\n".join([_WORDS[language]["head"], "|---|---|---|", *rows])


def _row(option: click.Option, language: Language) -> str:
    """One option: its names, what it takes, what it means."""
    words = _WORDS[language]
    values = option.type.choices if isinstance(option.type, click.Choice) else ()
    takes = " · ".join(f"`{value}`" for value in values) or ("" if option.is_flag else option.type.name)
    usual = f" ({words['usual']} `{option.default}`)" if option.show_default and not option.required else ""
    names = ", ".join(f"`{name}`" for name in option.opts)
    return f"| {names} | {takes} | {in_language(option.help or '', language)}{usual or _needed(option, language)} |"


def _needed(option: click.Option, language: Language) -> str:
    return f" ({_WORDS[language]['needed']})" if option.required else ""


def in_language(text: str, language: Language) -> str:
    """The part of a bilingual help text in one language: English up to the last stop before the first Chinese word."""
    line = " ".join(text.replace("\b", "").split())
    first = next((index for index, character in enumerate(line) if "\u4e00" <= character <= "\u9fff"), len(line))
    return line[:first].strip() if language == "en" else line[first:].strip()

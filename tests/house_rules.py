"""The house rules as functions: each takes a project folder and returns what breaks its rule, one line per place."""

import ast
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.house_reading import (
    VENDORED,
    Function,
    Import,
    Module,
    called_name,
    calls,
    functions,
    imports,
    length,
    modules,
    project_files,
)

SIBLINGS = ("rulefiles", "matching", "store", "intake", "exports")

# Which part may import which others. `engine` itself holds the version, which everybody may read.
ARROWS: dict[str, frozenset[str]] = {
    "engine": frozenset(),
    "core": frozenset(),
    "language": frozenset({"core"}),
    **{sibling: frozenset({"language", "core"}) for sibling in SIBLINGS},
    "app": frozenset({*SIBLINGS, "language", "core"}),
    "webui": frozenset({"app", "core"}),
    "cli": frozenset({"app", "core", "webui"}),
}
# The doors see core's records only: what they do, they do through app.
DOORS = ("cli", "webui")

WEB: tuple[str, ...] = (
    "flask",
    "flask_babel",
    "flask_limiter",
    "flask_login",
    "flask_smorest",
    "flask_wtf",
    "htmx_flask",
)
WEB += ("jinja2", "jinja2_fragments", "markupsafe", "werkzeug")
HOMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(WEB, ("webui",)),
    **dict.fromkeys(("sqlalchemy", "alembic", "psycopg"), ("engine.store",)),
    **dict.fromkeys(("durable", "durable_rules_engine"), ("engine.matching",)),
    **dict.fromkeys(("yaml", "ruamel", "yamlcore", "holidays", "marshmallow_jsonschema"), ("engine.rulefiles",)),
    **dict.fromkeys(("click", "rich"), ("engine.cli",)),
    **dict.fromkeys(("xlsxwriter", "openpyxl", "typst"), ("engine.exports",)),
    "marshmallow": ("engine.rulefiles", "engine.intake", "webui.api", "webui.pages.api"),
    "marshmallow_oneofschema": ("engine.rulefiles", "engine.intake"),
    "lark": ("engine.language",),
    "numpy": ("engine.core.kernel",),
    "python_calamine": ("engine.intake",),
    "dateutil": ("engine.rulefiles", "engine.intake", "engine.app"),
    "icalendar": ("engine.exports", "webui"),
    "babel": ("engine.exports", "webui"),
    "argon2": ("engine.app", "webui"),
    "structlog": ("engine.app", "engine.cli", "webui"),
    "prometheus_client": ("engine.app", "webui"),
    "waitress": ("engine.cli", "webui"),
    "distributed": ("engine.app.calculating.mapping",),
}

PURE = ("core", "language")
WORLDLY_MODULES = frozenset(
    "asyncio http io locale logging multiprocessing os pathlib random secrets shutil signal socket sqlite3"
    " subprocess tempfile threading time urllib".split()
)
WORLDLY_CALLS = frozenset({"open", "print", "input", "now", "today", "utcnow", "uuid1", "uuid4"})
UNSAFE_MODULES = frozenset({"pickle", "marshal", "shelve", "dill", "jsonpickle"})
UNSAFE_CALLS = frozenset({"eval", "exec"})
UNSAFE_YAML = frozenset({"load", "load_all", "full_load", "unsafe_load", "unsafe_load_all"})

# Written in pieces, so that this file does not hold what it forbids.
PRIVATE = tuple(
    "".join(pieces)
    for pieces in (
        ("/work", "/main"),
        ("/work", "/shared"),
        ("/work", "/.library"),
        ("/root", "/"),
        ("pypi", ".org"),
        ("python", "hosted"),
        ("registry", ".npmjs"),
        ("index", "-url"),
    )
)

LONGEST_MODULE, LONGEST_FUNCTION, LONG_FUNCTION, MEDIAN_FUNCTION = 300, 50, 25, 8


def part_of(name: str) -> str:
    """The part of the house that a module of ours belongs to; `engine.cli_rules` belongs to `cli`."""
    words = name.split(".")
    if words[0] == "webui" or len(words) == 1:
        return words[0]
    return "cli" if words[1].startswith("cli") else words[1]


def imported_part(found: Import) -> str:
    """The part that an import of ours reaches; `from engine import core` reaches core."""
    part = part_of(found.source)
    return part_of(f"engine.{found.name}") if part == "engine" and found.name in ARROWS else part


def is_ours(found: Import) -> bool:
    """Whether an import names Dealwright's own code."""
    return found.source.partition(".")[0] in ("engine", "webui")


def broken_arrows(root: Path) -> list[str]:
    """Imports that point up or sideways, and modules that belong to no part of the house."""
    return [
        f"{module.place}:{found.line}: {part_of(module.name)} must not import {imported_part(found)}"
        for module in modules(root, "engine", "webui")
        for found in imports(module)
        if is_ours(found) and not arrow_allowed(part_of(module.name), imported_part(found))
    ] + [
        f"{module.place}: no part of the house is called {part_of(module.name)}"
        for module in modules(root, "engine")
        if part_of(module.name) not in ARROWS
    ]


def arrow_allowed(part: str, other: str) -> bool:
    """Whether one part may import another."""
    return other in (part, "engine") or other in ARROWS.get(part, ())


def doors_beyond_records(root: Path) -> list[str]:
    """What the commands and the pages take from core besides record types and constants."""
    return [
        f"{module.place}:{found.line}: only record types of core may be used here, not {found.name or found.source}"
        for module in modules(root, "engine", "webui")
        if part_of(module.name) in DOORS
        for found in imports(module)
        if is_ours(found) and imported_part(found) == "core" and not (found.name or "")[:1].isupper()
    ]


def strayed_packages(root: Path) -> list[str]:
    """Third-party packages imported outside their one home, or without one."""
    return [
        f"{module.place}:{found.line}: {found.source} belongs in {', '.join(homes) or 'no part: give it a home'}"
        for module in modules(root, "engine", "webui")
        for found in imports(module)
        if not is_ours(found) and found.source.partition(".")[0] not in sys.stdlib_module_names
        if not lives_in(module.name, homes := HOMES.get(found.source.partition(".")[0], ()))
    ]


def lives_in(name: str, homes: tuple[str, ...]) -> bool:
    """Whether a module lies in one of those places; `engine.cli_rules` lies in `engine.cli`."""
    return any(name == home or name.startswith((f"{home}.", f"{home}_")) for home in homes)


def impurities(root: Path) -> list[str]:
    """Where core or language reads a clock, chance, a file or the system."""
    found = []
    for module in modules(root, *(f"engine/{part}" for part in PURE)):
        worldly = [(one.source, one.line) for one in imports(module) if one.source.partition(".")[0] in WORLDLY_MODULES]
        worldly += [(called_name(call), call.lineno) for call in calls(module) if called_name(call) in WORLDLY_CALLS]
        found += [f"{module.place}:{line}: {name} has no place in a pure part" for name, line in worldly]
    return found


def is_float(node: ast.AST) -> bool:
    """Whether a node makes a float, by name or as a literal, or rounds by another rule than ours."""
    match node:
        case ast.Call(func=ast.Name(id="float" | "round")):
            return True
        case ast.Constant(value=float()):
            return True
    return False


def float_lines(module: Module) -> Iterator[int]:
    """The lines where a module makes a float."""
    nodes = list(ast.walk(module.tree))
    settings = {
        id(node.value) for node in nodes if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant)
    }
    return (node.lineno for node in nodes if isinstance(node, ast.expr) and is_float(node) and id(node) not in settings)


def floats(root: Path) -> list[str]:
    """Where core or language makes a float; a literal as a named setting, like `cutoff=0.5`, is not an amount."""
    return [
        f"{module.place}:{line}: no float and no round() here"
        for module in modules(root, *(f"engine/{part}" for part in PURE))
        for line in float_lines(module)
    ]


def is_unsafe_call(call: ast.Call) -> bool:
    """Whether a call runs text as code: eval, exec, or YAML's loaders that build objects."""
    match call.func:
        case ast.Name(id=name):
            return name in UNSAFE_CALLS
        case ast.Attribute(value=ast.Name(id="yaml"), attr=name):
            return name in UNSAFE_YAML
    return False


def unsafe_code(root: Path) -> list[str]:
    """Where any Python of the project runs text as code or unpickles."""
    found = []
    for module in modules(root, "engine", "webui", "tests", "features"):
        unsafe = [call.lineno for call in calls(module) if is_unsafe_call(call)]
        unsafe += [one.line for one in imports(module) if one.source.partition(".")[0] in UNSAFE_MODULES]
        found += [f"{module.place}:{line}: runs text as code" for line in unsafe]
    return found


def over_long(root: Path) -> list[str]:
    """Modules and functions over their limit."""
    ours = modules(root, "engine", "webui")
    lines = ((module.place, len(module.text.splitlines())) for module in ours)
    return [f"{place}: {count} lines, {LONGEST_MODULE} allowed" for place, count in lines if count > LONGEST_MODULE] + [
        f"{module.place}:{function.lineno}: {function.name} has {length(function)} lines, {LONGEST_FUNCTION} allowed"
        for module in ours
        for function in functions(module)
        if length(function) > LONGEST_FUNCTION
    ]


def sprawl(root: Path) -> list[str]:
    """The two limits on all functions together: the median, and the share of long ones."""
    lengths = [length(function) for module in modules(root, "engine", "webui") for function in functions(module)]
    if not lengths:
        return []
    median, long = statistics.median(lengths), sum(count > LONG_FUNCTION for count in lengths)
    found = [f"the median function has {median} lines, {MEDIAN_FUNCTION} allowed"] if median > MEDIAN_FUNCTION else []
    too_many = long * 10 > len(lengths)
    return found + ([f"{long} of {len(lengths)} functions exceed {LONG_FUNCTION} lines"] if too_many else [])


def speaks_for_itself(node: Function | ast.ClassDef) -> bool:
    """Whether a member of a class needs no words: one statement, as in protocols and records, or a schema's Meta."""
    return node.name == "Meta" if isinstance(node, ast.ClassDef) else len(node.body) == 1


def public(body: list[ast.stmt]) -> list[Function | ast.ClassDef]:
    """The classes and functions of a body whose names begin without an underscore."""
    return [node for node in body if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")]


def to_be_documented(body: list[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    """Public classes and functions of a module, and those members of the classes that do more than one thing."""
    for node in public(body):
        yield node
        if isinstance(node, ast.ClassDef):
            yield from (member for member in public(node.body) if not speaks_for_itself(member))


def undocumented(root: Path) -> list[str]:
    """Modules without a docstring, and public classes and functions of engine without one."""
    return [
        f"{module.place}: no docstring"
        for module in modules(root, "engine", "webui")
        if not ast.get_docstring(module.tree)
    ] + [
        f"{module.place}:{node.lineno}: {node.name} has no docstring"
        for module in modules(root, "engine")
        for node in to_be_documented(module.tree.body)
        if not ast.get_docstring(node)
    ]


def private_addresses(root: Path) -> list[str]:
    """Files that name a place on one machine or the address of a package index."""
    return [
        f"{path.relative_to(root)}:{number}: names {word}"
        for path in project_files(root)
        if not path.relative_to(root).as_posix().startswith(VENDORED)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        for word in PRIVATE
        if word in line
    ]


RULES: tuple[Callable[[Path], list[str]], ...] = (
    broken_arrows,
    doors_beyond_records,
    strayed_packages,
    impurities,
    floats,
    unsafe_code,
    over_long,
    sprawl,
    undocumented,
    private_addresses,
)

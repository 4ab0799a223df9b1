"""Reads a project's Python files for the house rules: modules, their imports, calls and functions, and all files."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

VENDORED = ("webui/static/vendor/", "tests/webui/vendor/")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its dotted name, its place from the project folder, its text and its tree."""

    name: str
    place: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The package that relative imports of this module start from."""
        return self.name if self.place.endswith("__init__.py") else self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: where it is imported from, the name (none for `import x`) and the line."""

    source: str
    name: str | None
    line: int


def read_module(root: Path, path: Path) -> Module:
    """The module in that file."""
    place = path.relative_to(root).as_posix()
    name = place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    text = path.read_text(encoding="utf-8")
    return Module(name, place, text, ast.parse(text, place))


def modules(root: Path, *folders: str) -> list[Module]:
    """All modules under those folders of the project, by place; vendored ones left out."""
    paths = chain.from_iterable(sorted((root / folder).rglob("*.py")) for folder in folders)
    found = (read_module(root, path) for path in paths)
    return [module for module in found if not module.place.startswith(VENDORED)]


def absolute_source(module: Module, node: ast.ImportFrom) -> str:
    """What a `from … import` names, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    above = module.package.split(".")
    return ".".join([*above[: len(above) - node.level + 1], *filter(None, [node.module])])


def imports(module: Module) -> Iterator[Import]:
    """Every import of a module, those inside functions included."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, None, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute_source(module, node)
            yield from (Import(source, alias.name, node.lineno) for alias in node.names)


def called_name(node: ast.Call) -> str:
    """The last word of what is called: `now` in `datetime.now()`; empty for anything else."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def calls(module: Module) -> Iterator[ast.Call]:
    """Every call in a module."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def functions(module: Module) -> Iterator[Function]:
    """Every function of a module, methods and inner ones included."""
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of a function from `def` to its end, docstring counted."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def project_files(root: Path) -> list[Path]:
    """The files that belong to the project: what git tracks or would, else all but caches and environments."""
    if (root / ".git").exists() and shutil.which("git"):
        listing = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        answer = subprocess.run(listing, check=False, capture_output=True)
        if answer.returncode == 0:
            return [path for name in answer.stdout.decode().split("\0") if (path := root / name).is_file()]
    return [path for path in root.rglob("*") if path.is_file() and not is_by_product(path.relative_to(root))]


def is_by_product(place: Path) -> bool:
    """Whether tools made a file: it lies in a cache or in a hidden folder other than `.ci`."""
    return place.parts[0] != ".ci" and any(part.startswith(".") or part == "__pycache__" for part in place.parts[:-1])

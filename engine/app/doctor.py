"""Is everything here that Dealwright needs? Each finding says what was looked at, and what to do when it is not well."""

import importlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.store.database import open_database


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, in words of both languages."""

    name: str
    good: bool
    en: str
    zh: str


def findings(database: str) -> tuple[Finding, ...]:
    """Everything that was looked at, the bad ones with their remedy."""
    return tuple(_look(database))


def _look(database: str) -> Iterator[Finding]:
    yield _python()
    yield _tried(
        "durable-rules",
        lambda: importlib.import_module("durable_rules_engine"),
        "reinstall on Python 3.11 or 3.12 with a C compiler and Python's headers",
        "请在 Python 3.11 或 3.12 上用 C 编译器和头文件重新安装",
    )
    yield _tried(
        "database",
        lambda: open_database(database).close(),
        f"the address {database} must be a file that can be written, or a server that can be reached",
        f"地址 {database} 必须是可写的文件或可连接的服务器",
    )
    version = sqlite3.sqlite_version
    yield Finding("sqlite", True, f"SQLite {version}", f"SQLite {version}")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    good = (3, 11) <= sys.version_info[:2] < (3, 13)
    wanted = "" if good else ": 3.11 or 3.12 is needed; durable-rules does not import on 3.13"
    wanted_zh = "" if good else "：需要 3.11 或 3.12，durable-rules 无法在 3.13 上导入"
    return Finding("python", good, f"Python {version}{wanted}", f"Python {version}{wanted_zh}")


def _tried(name: str, attempt: Callable[[], object], en: str, zh: str) -> Finding:
    """Well when the attempt succeeds; whatever goes wrong is shown, not swallowed."""
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 - the doctor reports every illness, whatever it is
        return Finding(name, False, f"{name}: {error}; {en}", f"{name}：{error}；{zh}")
    return Finding(name, True, name, name)

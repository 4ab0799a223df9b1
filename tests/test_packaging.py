"""What is declared, what is pinned and what is said about installing agree."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import engine

PIN = re.compile(r"^([A-Za-z0-9_.\[\]-]+)==([^ ;\\]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def project(repo_root: Path) -> dict[str, Any]:
    """The project's declaration."""
    return tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))


def pins(text: str) -> dict[str, str]:
    """The versions of a requirements file by canonical name."""
    return {canonicalize_name(name.partition("[")[0]): version for name, version in PIN.findall(text)}


def test_the_package_and_its_declaration_state_one_version(project: dict[str, Any]) -> None:
    assert project["project"]["version"] == engine.__version__


def test_the_development_tools_are_the_same_by_extra_and_by_group(project: dict[str, Any]) -> None:
    assert project["dependency-groups"]["dev"] == project["project"]["optional-dependencies"]["dev"]


@pytest.mark.parametrize("file", ["run.txt", "dev.txt"])
def test_every_dependency_is_pinned_within_its_range(file: str, project: dict[str, Any], repo_root: Path) -> None:
    declared = list(project["project"]["dependencies"])
    declared += project["project"]["optional-dependencies"]["dev"] if file == "dev.txt" else []
    pinned = pins((repo_root / "requirements" / file).read_text(encoding="utf-8"))
    outside = [
        text
        for text, one in ((text, Requirement(text)) for text in declared)
        if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"), prereleases=True)
    ]
    assert outside == []


def test_tests_run_on_the_versions_that_users_get(repo_root: Path) -> None:
    run, dev = (
        pins((repo_root / "requirements" / name).read_text(encoding="utf-8")) for name in ("run.txt", "dev.txt")
    )
    assert run.items() <= dev.items()


@pytest.mark.parametrize("file", ["build.txt", "run.txt", "dev.txt"])
def test_every_pin_has_hashes_and_the_file_says_nothing_else(file: str, repo_root: Path) -> None:
    text = (repo_root / "requirements" / file).read_text(encoding="utf-8")
    entries = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    assert [
        entry
        for entry in entries
        if not re.fullmatch(r"\S+==\S+(?: ; [^-]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+", entry)
    ] == []

"""Measures rule reading: seconds to check 1,000 rule files, beside a bare YAML composition of the same files.

    python -m tests.bench.bench_rule_reading [files]

The files are the sample company's rules, many times over, each copy with ids of its own. "Checked" is everything that
`dealwright check` does: read with places, schema, expressions compiled, every check, in both languages' texts.
"""

import re
import sys
import time
from pathlib import Path

import yaml

from engine.rulefiles.loading import Loaded, load_texts, read_folder

RULES = Path(__file__).resolve().parents[2] / "rules"
ONCE = ("company", "calendars", "vocabulary")
RUNS = 5


def many(count: int) -> dict[str, str]:
    """So many rule files: the foundation once, every other rule again and again under new ids."""
    texts, _ = read_folder(RULES)
    files = {path: text for path, text in texts.items() if path.split("/")[0] in ONCE}
    rest = [path for path in texts if path not in files and path.endswith(".yaml")]
    tables = {path: text for path, text in texts.items() if path.endswith(".csv") and path not in files}
    copy = 0
    while len(files) < count:
        for path in rest[: count - len(files)]:
            files[f"copy-{copy}/{path}"] = _renamed(texts[path], copy)
        copy += 1
    return files | {f"copy-{number}/{path}": text for number in range(copy) for path, text in tables.items()}


def _renamed(text: str, copy: int) -> str:
    """The rule under another id; a pipeline covers another region, so that no deal goes through two."""
    named = re.sub(r"^(\w+: [\w-]+)$", rf"\1-copy-{copy}", text, count=1, flags=re.M) if copy else text
    return re.sub(r"^covers: (.*)$", rf'covers: (\1) and deal.region = "{copy}"', named, flags=re.M)


def seconds(work: object, *arguments: object) -> float:
    """The least CPU time of some runs, which is the one that other work on the machine disturbed least."""
    least = float("inf")
    for _ in range(RUNS):
        before = time.process_time()
        work(*arguments)  # type: ignore[operator]
        least = min(least, time.process_time() - before)
    return least


def composed(files: dict[str, str]) -> None:
    """What PyYAML's C composer does with the same files, and nothing more."""
    for path, text in files.items():
        if path.endswith(".yaml"):
            yaml.compose(text, Loader=yaml.CSafeLoader)


def main(count: int) -> Loaded:
    """Prints the figures, and gives what was loaded."""
    files = many(count)
    loaded = load_texts(files)
    rules = sum(path.endswith(".yaml") for path in files)
    size = sum(len(text.encode()) for text in files.values())
    checked, bare = seconds(load_texts, files), seconds(composed, files)
    print(f"{rules} rule files, {size / 1000:.0f} kB, {len(loaded.problems)} problems")
    print(f"checked in {checked:.2f} s of CPU; bare yaml.compose {bare:.2f} s; ratio {checked / bare:.1f}")
    return loaded


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

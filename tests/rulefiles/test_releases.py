"""Releases: the files, their digest, and the lines that a place points to."""

from pathlib import Path

from engine.core.problems import Place
from engine.rulefiles.loading import load_texts, read_folder
from engine.rulefiles.releases import explain_place, release_files, text_digest

BASE = read_folder(Path(__file__).parent / "broken" / "base")[0]


def test_a_release_holds_the_exact_text_of_every_file() -> None:
    rulebook = load_texts(BASE).rulebook
    assert rulebook is not None
    assert release_files(rulebook) == BASE


def test_a_comment_changes_the_digest_of_the_text_but_not_the_fingerprint_of_the_meaning() -> None:
    commented = {**BASE, "plan.yaml": BASE["plan.yaml"] + "# agreed in March\n"}
    one, two = load_texts(BASE).rulebook, load_texts(commented).rulebook
    assert one is not None
    assert two is not None
    assert text_digest(BASE) != text_digest(commented)
    assert one.fingerprint == two.fingerprint


def test_a_place_shows_its_line_with_the_lines_around_it() -> None:
    lines = explain_place({"a.yaml": "1\n2\n3\n4\n5\n6"}, Place("a.yaml", 3, 1), around=1)
    assert [(line.number, line.text, line.column) for line in lines] == [(2, "2", 0), (3, "3", 1), (4, "4", 0)]


def test_a_block_is_shown_to_its_end() -> None:
    text = "a:\n  - tier: 1\n    rate: 2\n    flat: 3\n    more: 4\n  - tier: 2\n"
    lines = explain_place({"a.yaml": text}, Place("a.yaml", 2, 5), around=0)
    assert [line.number for line in lines] == [2, 3, 4, 5]


def test_a_place_that_is_not_there_shows_nothing() -> None:
    assert explain_place({"a.yaml": "x"}, Place("a.yaml", 9, 1)) == ()
    assert explain_place({}, Place("a.yaml", 1, 1)) == ()

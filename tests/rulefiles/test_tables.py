"""CSV tables beside rules, as spreadsheets save them."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.problems import Place
from engine.rulefiles.located import Text
from engine.rulefiles.tables import Table, read_table

NAME = Text.at("shares.csv", Place("targets/a.yaml", 3, 10))


def table(text: str) -> Table:
    return read_table(NAME, {"targets/shares.csv": text}, ("person", "share"))


def test_the_byte_order_mark_and_line_ends_of_excel_are_understood() -> None:
    read = table("\ufeffperson,share\r\nana,60%\r\nben,40%\r\n")
    assert read.as_text() == [["ana", "60%"], ["ben", "40%"]]
    assert read.problems == ()


def test_quotes_are_taken_off_and_a_comma_inside_them_stays() -> None:
    assert table('person,share\n"Smith, ""Al""",100%\n').as_text() == [['Smith, "Al"', "100%"]]


def test_empty_lines_are_passed_over() -> None:
    assert table("person,share\n\nana,100%\n , \n").as_text() == [["ana", "100%"]]


def test_a_cell_knows_its_line_and_column() -> None:
    (row,) = table('person,share\n"张,三", 100%\n').rows
    assert [(cell.place.line, cell.place.column) for cell in row] == [(2, 1), (2, 8)]


def test_an_open_quote_does_not_swallow_the_rest_of_the_file() -> None:
    read = table('person,share\n"ana,60%\nben,40%\n')
    assert [problem.code for problem in read.problems] == ["R063"]
    assert read.as_text() == [["ben", "40%"]]


def test_a_hidden_character_in_a_table_is_named() -> None:
    (problem,) = table("person,share\nana\u200b,100%\n").problems
    assert (problem.code, problem.place.line, problem.place.column) == ("R002", 2, 4)


@given(st.text(alphabet=st.sampled_from('ab,"\n\r %\t\ufeff１') | st.characters(), max_size=60))
def test_any_text_is_read_without_raising(text: str) -> None:
    read = table(f"person,share\n{text}")
    assert all(len(row) == 2 for row in read.rows)

"""Triggers that make a table insert-only, on both databases, whoever writes: a row is never changed and never deleted.

`INSERT OR REPLACE` deletes without asking the delete trigger unless `recursive_triggers` is on, which `connections.py`
sets and reads back. On PostgreSQL TRUNCATE is refused as well.
"""

from sqlalchemy import DDL, Table, event

REFUSAL = "is insert-only"

_SQLITE = """CREATE TRIGGER tr_{table}_no_{word} BEFORE {verb} ON {table} BEGIN
  SELECT RAISE(ABORT, '{table} {refusal}');
END"""

_POSTGRES_FUNCTION = """CREATE FUNCTION fn_{table}_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} {refusal}'; END $$"""

_POSTGRES = """CREATE TRIGGER tr_{table}_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION fn_{table}_insert_only()"""

_POSTGRES_DROP = "DROP FUNCTION IF EXISTS fn_{table}_insert_only() CASCADE"


def insert_only(table: Table) -> Table:
    """The same table, with triggers that are made and dropped together with it."""
    words = {"table": table.name, "refusal": REFUSAL}
    for word in ("update", "delete"):
        listen(table, "after_create", _SQLITE.format(word=word, verb=word.upper(), **words), "sqlite")
    listen(table, "after_create", _POSTGRES_FUNCTION.format(**words), "postgresql")
    listen(table, "after_create", _POSTGRES.format(**words), "postgresql")
    listen(table, "after_drop", _POSTGRES_DROP.format(**words), "postgresql")
    return table


def listen(table: Table, moment: str, statement: str, dialect: str) -> None:
    """Run the statement `after_create` or `after_drop` of the table, on that database only."""
    ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    event.listen(table, moment, ddl.execute_if(dialect=dialect))

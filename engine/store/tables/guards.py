"""Triggers that refuse a change under a condition: closed periods, posted runs, decided releases.

A condition is written for both databases; where it can be unknown it must count as refused, so comparisons with what
may be missing use `IS DISTINCT FROM`, which SQLite spells `IS NOT`.
"""

from sqlalchemy import Table

from engine.store.tables.insert_only import listen

_SQLITE = """CREATE TRIGGER tr_{table}_{name} BEFORE {verb} ON {table} WHEN {condition} BEGIN
  SELECT RAISE(ABORT, '{refusal}');
END"""

_POSTGRES_FUNCTION = """CREATE FUNCTION fn_{table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{refusal}'; END IF;
  RETURN {row};
END $$"""

_POSTGRES = """CREATE TRIGGER tr_{table}_{name} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION fn_{table}_{name}()"""

_POSTGRES_DROP = "DROP FUNCTION IF EXISTS fn_{table}_{name}() CASCADE"


def guard(table: Table, name: str, verb: str, condition: str, refusal: str) -> None:
    """Refuse an INSERT, UPDATE or DELETE of a row for which the condition holds, with those words.

    The condition may use OLD and NEW, and `IS DISTINCT FROM`.
    """
    words = {"table": table.name, "name": name, "verb": verb, "refusal": refusal}
    listen(table, "after_create", _SQLITE.format(condition=_for_sqlite(condition), **words), "sqlite")
    row = "OLD" if verb == "DELETE" else "NEW"
    listen(table, "after_create", _POSTGRES_FUNCTION.format(condition=condition, row=row, **words), "postgresql")
    listen(table, "after_create", _POSTGRES.format(**words), "postgresql")
    listen(table, "after_drop", _POSTGRES_DROP.format(**words), "postgresql")


def _for_sqlite(condition: str) -> str:
    return condition.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")


def fixed(*columns: str) -> str:
    """The condition that one of those columns is being changed."""
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)

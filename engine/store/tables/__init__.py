"""All tables of the database, by topic. Importing this package is what fills `metadata`."""

from engine.store.tables import access, log, pay, records
from engine.store.tables.kinds import metadata

__all__ = ["access", "log", "metadata", "pay", "records"]

"""All tables of the database, by topic. Importing this package is what fills `metadata`."""

from engine.store.tables import log, records
from engine.store.tables.kinds import metadata

__all__ = ["log", "metadata", "records"]

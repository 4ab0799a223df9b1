"""All tables of the database, by topic. Importing this package is what fills `metadata`."""

from engine.store.tables import access, calculations, log, pay, records
from engine.store.tables.kinds import metadata

__all__ = ["access", "calculations", "log", "metadata", "pay", "records"]

"""The only place that imports SQLAlchemy: tables, transactions, the event log, the records, the ledger.

It imports `engine.core` and nothing else of the house. Every function takes the `Unit` of one transaction; nothing
here reads a clock, decides a rule or formats for a person. Lists come sorted, and the same on every database.
"""

"""Outside data to events: files, rows, profiles, and the one validation that every door goes through.

What this folder may not do: it opens no database, decides nothing about events, reads no clock and never lets one bad
row stop the others. A mistake is a Problem with its place; what comes out are events, ready to be recorded.
"""

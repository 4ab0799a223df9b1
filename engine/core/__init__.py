"""The pure core: what Dealwright decides, with the standard library only.

This folder may not read a file, ask the time, open a database, parse YAML or know the web.
Everything it needs is an argument; everything it decides is a return value.
Start with `events.py` (what can happen), `outcomes.py` (what we decide) and `decide.py` (in what order).
"""

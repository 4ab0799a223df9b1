"""Text to rulebook: reading YAML with positions, schemas, compiling, checks, releases.

What this folder may not do: it opens no database, decides nothing about events, and raises nothing for a mistake in
a rule file. It is the only home of PyYAML, of marshmallow for rules, and of the holidays library.
"""

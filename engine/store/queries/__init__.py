"""What screens, commands and calculations ask of the database: small questions, each on an index, nothing changed.

Pages go by the last row seen (`after`), not by counting, so the thousandth page costs what the first does.
"""

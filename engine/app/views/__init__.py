"""What the doors show: frozen view records, one module per business word. Pure data, filled by the use cases.

Texts for people are Titles (English and Chinese) or codes that the door words; money is Money; instants are aware UTC.
"""

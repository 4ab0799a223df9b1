"""Decision tables: reading their cells, finding the row for some keys, proving what rows leave open or say twice."""

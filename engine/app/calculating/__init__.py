"""Calculating pay: partitions of payees, mapped over whatever carries them out, gathered into one draft run.

`parts` reads and writes a partition, `mapping` carries partitions out (here, in other processes, on a cluster),
`calculation` is the use case.
"""

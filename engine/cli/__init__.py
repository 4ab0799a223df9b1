"""The command `dealwright`: a door over `engine.app`. It computes nothing.

Exit codes: 0 done, perhaps with warnings; 1 done, and something was found that a person should look at (refused rows, a
broken chain, an id that nothing has); 2 the command line is wrong; 3 the rules have errors, so nothing was done; 4 it is
not allowed. With --json a command prints one JSON object; its `problems` are a list.
"""

from engine.cli.main import main

__all__ = ["main"]

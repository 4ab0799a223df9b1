"""The command `dealwright`: a door over `engine.app`. It computes nothing.

Exit codes: 0 done; 1 done, and something was found that a person should look at (problems, refused rows, a broken
chain); 2 the command line is wrong; 3 the rules have errors, so nothing was done; 4 the rules do not allow it.
"""

from engine.cli.main import main

__all__ = ["main"]

"""What an expression is worth: operations on values, compiled closures, and the trace of the same tree."""

"""What an expression may say: types, dimensions, names, functions. Runs once, when the rules are loaded."""

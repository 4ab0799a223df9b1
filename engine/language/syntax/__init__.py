"""Text to tree and back: spelling, grammar, nodes, canonical text. Knows nothing of facts or types."""

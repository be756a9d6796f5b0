"""How articles get there: reading, extraction, comparison, the store, and the two ways to run it (command line, Dagster)."""

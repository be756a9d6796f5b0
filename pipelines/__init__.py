"""How articles get there: reading, extraction, comparison, the store; run by the command line and by Dagster."""

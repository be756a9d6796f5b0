"""Dagster over the same functions as the command line; no logic of its own."""

"""Proof that a rule can fire: faults planted into clean articles, one at a time, and which of them the audit finds."""

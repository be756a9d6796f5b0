"""What runs the audit's map: articles → records, on one machine or many, the same functions and the same rows."""

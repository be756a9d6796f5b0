"""The commands, a module each. Nothing heavy is imported before it is needed."""

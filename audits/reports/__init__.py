"""One renderer a format; each takes the findings document, none decides anything."""

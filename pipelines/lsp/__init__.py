"""The language server: an article is judged in the editor as the gate would judge it, while it is being written."""

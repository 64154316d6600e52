"""Changes of a repository's files: text in, text out, every character that is not meant left alone."""

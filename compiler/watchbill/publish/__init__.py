"""Puts a whole output tree in place, at once or not at all."""

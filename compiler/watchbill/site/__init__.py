"""Renders the static roster site: pure functions of a compilation to bytes."""

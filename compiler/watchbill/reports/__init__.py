"""Renders findings for terminals and machines: pure functions of a compilation to text."""

"""Scenarios: what must be true at a time, written down by people and judged by a compiled repository."""

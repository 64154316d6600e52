"""Compares two compiled repositories, before and after a change: results, not text."""

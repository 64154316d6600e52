"""Renders the static JSON API: pure functions of a compilation to bytes."""

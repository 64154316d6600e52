"""Renders payloads for pager providers: pure functions of a compilation to bytes."""

"""The rules: each judges model, timelines and records, and returns findings."""

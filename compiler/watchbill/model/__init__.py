"""Typed records of everything a repository says, with references resolved; no files, no time zones."""

"""Reads the three folders of a repository: confined walk, strict YAML to plain data, positions on demand."""

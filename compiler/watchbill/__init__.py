"""Watchbill: on-call rosters and incident response as YAML in git, checked, compiled and published."""

__version__ = "0.1.0"

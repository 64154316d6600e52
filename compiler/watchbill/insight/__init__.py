"""Numbers that checks and pages share: coverage and gaps, hours per person."""

"""What would be: changed models, compiled and judged again, beside what is."""

"""The command line: thin commands over the pipeline; the only place that prints, reads the clock, or exits."""

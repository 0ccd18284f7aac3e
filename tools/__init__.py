"""Generators, measurements, sanitizers and coverage, for work on keyview: `python -m tools.NAME`."""

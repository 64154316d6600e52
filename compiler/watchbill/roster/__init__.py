"""Computes who holds which seat when: clock, windows, turns, time off, layers, followers, overrides."""

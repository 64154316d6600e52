"""An independent model of how a roster is computed, one instant at a time."""

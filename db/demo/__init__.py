"""The demo shop: a lived-in workshop, the same for the same seed and day, written in bulk."""

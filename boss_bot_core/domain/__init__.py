"""Frozen values and pure rules, without I/O, that every package may import."""

"""Frozen values in the product's words: pure, without I/O, importable from every room of the house."""

"""Validation of request bodies, before permissions are checked: lengths, counts and structure."""

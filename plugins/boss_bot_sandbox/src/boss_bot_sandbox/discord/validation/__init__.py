"""What Discord refuses in a body before it looks at permissions: lengths, counts, structure."""

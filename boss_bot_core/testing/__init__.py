"""Test tools: fixtures for plugin authors (a pytest plugin), the conformance suite, and the contract of the store."""

"""For the tests of plugin authors: fixtures (a pytest plugin, found by itself) and the conformance suite."""

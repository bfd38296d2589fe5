"""The clean-ups of storage: what each of them does, when it runs, and the lock that keeps them apart."""

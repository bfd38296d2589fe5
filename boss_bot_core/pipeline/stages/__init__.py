"""The stages of a job, each a module: fetch, verify, process, organise; delivery is a room of its own."""

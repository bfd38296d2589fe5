"""Code that runs in a worker process: set up, confine itself, run one job's hook, report the result."""

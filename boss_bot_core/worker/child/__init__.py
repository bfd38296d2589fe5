"""What runs in a worker: settling in, being locked up, one job, and its last word."""

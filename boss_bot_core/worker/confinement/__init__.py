"""What a worker is locked into: plain values here, applied inside the worker, one module for each layer."""

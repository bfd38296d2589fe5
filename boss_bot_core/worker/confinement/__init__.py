"""Confinement of a worker: plain values that describe it, and one module for each layer, applied inside the worker."""

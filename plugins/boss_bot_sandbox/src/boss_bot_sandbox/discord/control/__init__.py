"""Driving and observing a local Discord from outside: ``/_control/`` over HTTP, events over a WebSocket.

The sandbox's page and tests in other processes use it; it can do what the Python API can, under the same names.
"""

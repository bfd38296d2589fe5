"""The control API: drives and observes a local Discord over HTTP at ``/_control/``, with events over a WebSocket.

The web page and tests in other processes use it. It offers the functions of the Python API under the same names.
"""

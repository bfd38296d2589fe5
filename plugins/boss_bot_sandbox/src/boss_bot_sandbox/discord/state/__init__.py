"""The state of the local Discord and everything that may change it.

Sockets only translate: REST handlers and people in the sandbox call the same functions here, under the same rules.
"""

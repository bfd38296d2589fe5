"""The exit codes of `boss-bot`; 0 means success."""

EXIT_FAILED = 1
"""A command failed, or a download did."""

EXIT_USAGE = 2
"""The arguments or the settings are wrong, or the program cannot run as it is set up."""

EXIT_INCOMPLETE = 3
"""Every download brought files, but parts of a post are missing."""

EXIT_INTERRUPTED = 130
"""Ctrl-C: 128 + SIGINT, as shells expect."""

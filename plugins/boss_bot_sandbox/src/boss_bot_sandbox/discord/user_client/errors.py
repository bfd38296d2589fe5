"""What can go wrong between a person and their screen.

It is told apart from Discord's refusals: here the person asks for something that is not there to be clicked.

SandboxError
├── NotOfferedError      (no such command, button, choice or field on the person's screen)
└── UnansweredError      (the bot let an interaction fail)
"""

from __future__ import annotations


class UserActionError(Exception):
    """Something a person in the sandbox cannot do."""


class NotOfferedError(UserActionError):
    """The person's screen does not show what they want to use; the message says what it shows."""


class UnansweredError(UserActionError):
    """The bot did not answer an interaction in time."""
